"""The database rows: the only truth about every photo, group and zip. Messages on the queue are only hints."""

from albums.models.albums import Album, AlbumChange, Cluster
from albums.models.deletions import ObjectDeletion
from albums.models.exports import Export
from albums.models.frames import FrameSearch
from albums.models.looks import AlbumLooks
from albums.models.memberships import Membership
from albums.models.personal_ranker import PersonalRanker
from albums.models.photos import Embedding, Photo
from albums.models.shares import Guest, GuestChoice, Share
from albums.models.storage import MultipartUpload, StorageProbe
from albums.models.work import AccountTime, Work, WorkerReport

__all__ = [
    "AccountTime",
    "Album",
    "AlbumChange",
    "AlbumLooks",
    "Cluster",
    "Embedding",
    "Export",
    "FrameSearch",
    "Guest",
    "GuestChoice",
    "Membership",
    "MultipartUpload",
    "ObjectDeletion",
    "PersonalRanker",
    "Photo",
    "Share",
    "StorageProbe",
    "Work",
    "WorkerReport",
]
