"""The pictures of the documentation: `python -m tests.pictures` draws photos, runs the service and takes them."""
