"""The bodies of requests (…Input) and responses (…Output), one module for each kind of object."""
