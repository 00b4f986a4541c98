"""The rows that are the truth about every photo, group and zip. A message on the queue only hints at them."""

from albums.models.albums import Album, AlbumChange, Cluster
from albums.models.deletions import ObjectDeletion
from albums.models.exports import Export
from albums.models.photos import Embedding, Photo
from albums.models.taste import Taste
from albums.models.work import Work, WorkerReport

__all__ = [
    "Album",
    "AlbumChange",
    "Cluster",
    "Embedding",
    "Export",
    "ObjectDeletion",
    "Photo",
    "Taste",
    "Work",
    "WorkerReport",
]
