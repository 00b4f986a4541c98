"""Indexes of the photos of an album: apart for those that are announced, in progress and finished (decision 0083)."""

from django.db import migrations, models

import albums.indexes


class Migration(migrations.Migration):

    dependencies = [
        ('albums', '0044_export_marked_beside'),
    ]

    # New indexes first: the version before goes on meanwhile.
    operations = [
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(condition=models.Q(('state', 'pending')), fields=['album', 'state', 'byte_size'], name='albums_photo_pending'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(condition=models.Q(('state__in', ('uploaded', 'preparing', 'prepared', 'embedding'))), fields=['album', 'enqueued_at', 'created_at', 'state', 'byte_size'], name='albums_photo_in_progress'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=albums.indexes.PartialIndex(condition=models.Q(('state__in', ('analyzed', 'failed'))), fields=['album', 'state', 'timeline_at', 'byte_size'], name='albums_photo_finished'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=albums.indexes.PartialIndex(condition=models.Q(('state', 'analyzed'), _negated=True), fields=['state', 'enqueued_at'], name='albums_photo_not_analyzed'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(condition=models.Q(('state', 'analyzed')), fields=['enqueued_at'], name='albums_photo_analyzed'),
        ),
        migrations.RemoveIndex(
            model_name='photo',
            name='albums_phot_album_i_65dd32_idx',
        ),
        migrations.RemoveIndex(
            model_name='photo',
            name='albums_phot_album_i_936dc7_idx',
        ),
        migrations.RemoveIndex(
            model_name='photo',
            name='albums_phot_state_75da98_idx',
        ),
        migrations.RemoveIndex(
            model_name='photo',
            name='albums_photo_unfinished',
        ),
    ]
