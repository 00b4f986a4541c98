"""Makes an album without a browser: a folder in, a zip and a report out, through the same services and workers."""
