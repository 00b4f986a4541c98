"""The index of the timeline: apart from the new columns, and after they are filled."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('albums', '0028_video_time_source'),
    ]

    # Columns that are added lock the table for readers as well, and until the index behind them is built.
    operations = [
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(fields=['album', 'timeline_at', 'id'], name='albums_phot_album_i_936dc7_idx'),
        ),
        migrations.RemoveIndex(
            model_name='photo',
            name='albums_phot_album_i_a370da_idx',
        ),
    ]
