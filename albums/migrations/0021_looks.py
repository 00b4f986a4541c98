"""What groupings saw in thumbnails, what ranked each group, and how many photos the last early grouping had."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('albums', '0020_photo_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='AlbumLooks',
            fields=[
                ('album', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='looks', serialize=False, to='albums.album')),
                ('version', models.CharField(help_text='Of the code that looked; others look again.', max_length=32)),
                ('answers', models.BinaryField(help_text='MessagePack, by `albums.services.looks`.')),
            ],
        ),
        migrations.AddField(
            model_name='album',
            name='grouped_early',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False, help_text='How many photos the last grouping before the end had.'),
        ),
        migrations.AddField(
            model_name='cluster',
            name='ranking',
            field=models.CharField(db_default='', default='', editable=False, help_text='A digest of its photos and of what ranked them. While it is the same, they keep their ranks.', max_length=32),
        ),
    ]
