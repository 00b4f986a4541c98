"""One timeline for each album: when each photo was taken by it, and what orders photos of the same time."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('albums', '0025_sidecars'),
    ]

    operations = [
        migrations.AddField(
            model_name='album',
            name='camera_shifts',
            field=models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list, help_text='What people add to the clocks of cameras: lists of a camera, its serial number, and seconds.'),
        ),
        migrations.AddField(
            model_name='photo',
            name='modified_offset_minutes',
            field=models.SmallIntegerField(blank=True, help_text="How far the client's clock was ahead of UTC then; null if it does not say.", null=True),
        ),
        migrations.AddField(
            model_name='photo',
            name='order_key',
            field=models.BinaryField(db_default=models.Value(b''), default=b'', help_text='Orders photos of the same time: albums.capture_order.'),
        ),
        migrations.AddField(
            model_name='photo',
            name='timeline_at',
            field=models.DateTimeField(blank=True, help_text="Wall-clock time in the album's one timeline, by which all is sorted.", null=True),
        ),
        migrations.AlterField(
            model_name='albumchange',
            name='kind',
            field=models.CharField(choices=[('decision', 'Decision'), ('accept', 'Accept'), ('split', 'Split'), ('merge', 'Merge'), ('release', 'Release'), ('similarity', 'Similarity'), ('wanted', 'Wanted'), ('clock', 'Clock')], max_length=10),
        ),
        migrations.AlterField(
            model_name='photo',
            name='time_source',
            field=models.CharField(choices=[('exif', 'Exif'), ('xmp', 'Xmp'), ('sidecar', 'Sidecar'), ('name', 'Name'), ('file', 'File'), ('none', 'None')], default='none', max_length=7),
        ),
    ]
