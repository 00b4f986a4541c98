"""Fewer indexes of photos, and smaller ones: each of the eight writes of a photo adds an entry to each of them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('albums', '0019_turns'),
    ]

    # New indexes first: the version before goes on meanwhile.
    operations = [
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(fields=['album', 'state', 'byte_size'], name='albums_phot_album_i_65dd32_idx'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(condition=models.Q(('state__in', ('preparing', 'embedding'))), fields=['state', 'heartbeat_at'], name='albums_photo_working'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(condition=models.Q(('cluster__isnull', False)), fields=['cluster'], name='albums_photo_cluster'),
        ),
        migrations.RemoveIndex(
            model_name='photo',
            name='albums_phot_album_i_b17e94_idx',
        ),
        migrations.RemoveIndex(
            model_name='photo',
            name='albums_phot_state_4b1a22_idx',
        ),
        migrations.RemoveIndex(
            model_name='photo',
            name='albums_phot_album_i_f260fd_idx',
        ),
        migrations.AlterField(
            model_name='photo',
            name='album',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='albums.album'),
        ),
        migrations.AlterField(
            model_name='photo',
            name='cluster',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='photos', to='albums.cluster'),
        ),
    ]
