"""Photos that are taken from videos, and the search for them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('albums', '0001_squashed_0029'),
    ]

    operations = [
        migrations.CreateModel(
            name='FrameSearch',
            fields=[
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('claim', models.UUIDField(editable=False, null=True)),
                ('claimed_by', models.CharField(default='', editable=False, max_length=64)),
                ('worker', models.UUIDField(editable=False, null=True)),
                ('heartbeat_at', models.DateTimeField(editable=False, null=True)),
                ('enqueued_at', models.DateTimeField(editable=False, null=True)),
                ('video', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='frame_search', serialize=False, to='albums.photo')),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='queued', max_length=7)),
                ('error_code', models.CharField(blank=True, default='', max_length=40)),
                ('error_message', models.TextField(blank=True, default='')),
                ('found', models.PositiveSmallIntegerField(default=0, help_text='How many photos there were; some may be deleted.')),
                ('seconds', models.FloatField(blank=True, help_text='How much of the video was searched.', null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name='photo',
            name='frame_of',
            field=models.ForeignKey(blank=True, db_index=False, help_text='The video that it was taken from.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='frames', to='albums.photo'),
        ),
        migrations.AddField(
            model_name='photo',
            name='frame_seconds',
            field=models.FloatField(blank=True, help_text='How long after the start of its video; null if it is no frame of one.', null=True),
        ),
        migrations.AddIndex(
            model_name='framesearch',
            index=models.Index(fields=['state', 'enqueued_at'], name='albums_fram_state_035906_idx'),
        ),
    ]
