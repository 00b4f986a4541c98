"""The workers: Celery tasks, the pipeline, and the analysis of photos."""
