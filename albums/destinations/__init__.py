"""Where the photos of an album are copied to without a browser: a folder, or a bucket of one's own.

The opposite of `albums.sources`. A file that is there already is never replaced.
"""

from albums.destinations.base import Destination, DestinationError

__all__ = ["Destination", "DestinationError"]
