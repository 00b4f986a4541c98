"""gunicorn's worker: no thread waits for the network, neither for the rest of a request nor to send a response."""
