"""Processes that do not know the tables since 0030 can delete the albums, photos and accounts that rows of these name."""

from django.db import migrations

from albums.migrations._on_delete import DeleteInDatabase


class Migration(migrations.Migration):
    # Each statement alone, so that no table is locked for longer than its own. May be run again after an interruption.
    atomic = False

    dependencies = [
        ('albums', '0041_descriptions'),
    ]

    operations = [
        DeleteInDatabase('framesearch', 'video'),
        DeleteInDatabase('photo', 'frame_of'),
        DeleteInDatabase('share', 'album'),
        DeleteInDatabase('guest', 'share'),
        DeleteInDatabase('guestchoice', 'guest', 'photo'),
        DeleteInDatabase('membership', 'album', 'person', 'share'),
    ]
