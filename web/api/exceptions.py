"""Reasons of the API itself for not doing what is asked."""

from __future__ import annotations

from albums.exceptions import AlbumsError


class NotUploaded(AlbumsError):
    """The original of a photo that is only announced."""

    code = "not_uploaded"
    status = 409
    message = "The photo has not been uploaded yet."


class NotPrepared(AlbumsError):
    """Something that the preparation of a photo finds out, asked for before."""

    code = "not_prepared"
    status = 409
    message = "The photo has not been looked at yet, or could not be read. Its state says which."


class ExportNotReady(AlbumsError):
    """The download of a zip in the making."""

    code = "export_not_ready"
    status = 409
    message = "The zip is still being built. Its state says when it is ready."


class ExportFailed(AlbumsError):
    """The download of a zip that will never be."""

    code = "export_failed"
    status = 409
    message = "The zip could not be built. Ask for another export."


class ExportExpired(AlbumsError):
    """The download of a zip that was."""

    code = "export_expired"
    status = 410
    message = "The zip has been removed after its days of grace. Ask for another export."
