"""The timeline of the photos that are there already. New groupings correct it."""

from django.db import migrations
from django.db.models import F

from albums.capture_order import order_key_of
from albums.migrations._fill import FillColumns
from albums.services.bulk import photos_write

_AT_ONCE = 2_000


def fill(apps, _schema_editor):
    photos = apps.get_model('albums', 'Photo').objects
    rows = photos.filter(order_key=b'').order_by('id').only('id', 'name', 'sha256')
    batch = list(rows[:_AT_ONCE])
    while batch:
        ids = [photo.id for photo in batch]
        photos.filter(id__in=ids, timeline_at=None).update(timeline_at=F('taken_at'))
        for photo in batch:
            photo.order_key = order_key_of(photo.name, photo.sha256)
        photos_write(batch, ['order_key'])
        batch = list(rows.filter(id__gt=batch[-1].id)[:_AT_ONCE])


class Migration(migrations.Migration):

    dependencies = [
        ('albums', '0026_timeline'),
    ]

    # Each batch for itself: nobody waits for the others. If it is cut off, it goes on behind the last one.
    atomic = False

    operations = [
        FillColumns(fill, migrations.RunPython.noop),
    ]
