from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('albums', '0031_frame_index'),
    ]

    operations = [
        migrations.AddField(
            model_name='cluster',
            name='people',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, help_text='How many people are in at least half of its photos; 0 also if unknown.'),
        ),
        migrations.AddField(
            model_name='cluster',
            name='people_differ',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, help_text='How many people have a flaw, or are missing, in some of its photos only.'),
        ),
        migrations.AddField(
            model_name='photo',
            name='close_ups',
            field=models.JSONField(blank=True, help_text="For each face, what it says beside the same person's in the other photos of the group; null if unknown.", null=True),
        ),
    ]
