"""Errors that the API itself raises."""

from __future__ import annotations

from albums.exceptions import AlbumsError


class NotUploaded(AlbumsError):
    """The client asked for the original of a photo that is not uploaded yet."""

    code = "not_uploaded"
    status = 409
    message = "The photo has not been uploaded yet. Finish its upload first."


class NotPrepared(AlbumsError):
    """The client asked for a result of the preparation before it exists."""

    code = "not_prepared"
    status = 409
    message = "The photo has not been analyzed yet, or could not be read. Its state says which."


class ExportNotReady(AlbumsError):
    """The client asked for a zip that is still being built."""

    code = "export_not_ready"
    status = 409
    message = "The zip is still being built. Try again when its state is `ready`."


class ExportFailed(AlbumsError):
    """The client asked for a zip that could not be built."""

    code = "export_failed"
    status = 409
    message = "The zip could not be built. Create a new export."


class ExportExpired(AlbumsError):
    """The client asked for a zip that has expired."""

    code = "export_expired"
    status = 410
    message = "This download has expired. Create a new export."
