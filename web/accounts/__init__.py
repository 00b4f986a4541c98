"""People: the user model, what allauth needs to know of it, and API tokens."""
