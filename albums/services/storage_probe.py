"""What was found out about the storage, and kept."""

from __future__ import annotations

from django.db.models.functions import Now

from albums import storage
from albums.models import StorageProbe


def storage_probe() -> bool:
    """Try whether the storage takes presigned uploads with a checksum, and keep the answer, which is returned.

    Raises:
        StorageError: when the storage does not answer. What was kept stays.

    """
    store = storage.get_storage()
    takes_checksum = store.takes_checksum()
    StorageProbe.objects.update_or_create(
        place=store.place, defaults={"takes_checksum": takes_checksum, "probed_at": Now()}
    )
    return takes_checksum


def storage_takes_checksum() -> bool:
    """The answer that was kept. True for a storage that was never tried."""
    place = storage.get_storage().place
    return not StorageProbe.objects.filter(place=place, takes_checksum=False).exists()
