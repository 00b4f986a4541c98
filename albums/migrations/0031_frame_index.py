"""The index of the frames of a video: apart from the new columns, which lock the table for readers as well."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('albums', '0030_frames'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(condition=models.Q(('frame_of__isnull', False)), fields=['frame_of'], name='albums_photo_frame'),
        ),
    ]
