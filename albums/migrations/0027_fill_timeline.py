"""The timeline of the photos that are there already. New groupings correct it."""

from django.db import migrations
from django.db.models import F

from albums.capture_order import order_key_of
from albums.migrations._fill import FillColumns
from albums.services.bulk import photos_write

_AT_ONCE = 2_000


def fill(apps, _schema_editor):
    photos = apps.get_model('albums', 'Photo').objects
    photos.filter(timeline_at=None).update(timeline_at=F('taken_at'))
    rows = photos.order_by('id').only('id', 'name', 'sha256')
    batch = list(rows[:_AT_ONCE])
    while batch:
        for photo in batch:
            photo.order_key = order_key_of(photo.name, photo.sha256)
        photos_write(batch, ['order_key'])
        batch = list(rows.filter(id__gt=batch[-1].id)[:_AT_ONCE])


class Migration(migrations.Migration):

    dependencies = [
        ('albums', '0026_timeline'),
    ]

    # Each batch for itself: nobody waits for the others.
    atomic = False

    operations = [
        FillColumns(fill, migrations.RunPython.noop),
    ]
