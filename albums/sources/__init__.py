"""Where photos come from without a browser: folders, camera cards, archives, buckets and albums of Immich.

A source names its files one after the other. What cannot be used comes as an `Unusable`, and never ends the list.
"""

from albums.sources.base import Entry, Found, Source, SourceError, Unusable, entries_until_error

__all__ = ["Entry", "Found", "Source", "SourceError", "Unusable", "entries_until_error"]
