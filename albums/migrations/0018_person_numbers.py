from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('albums', '0017_photo_exposure'),
    ]

    operations = [
        migrations.AddField(
            model_name='photo',
            name='person_numbers',
            field=models.JSONField(blank=True, help_text='For each face, the number of its person in the group; null if unknown.', null=True),
        ),
    ]
