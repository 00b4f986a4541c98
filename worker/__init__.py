"""The workers: Celery tasks, the stages they run, and the analysis of photos."""
