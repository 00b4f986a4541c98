from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('albums', '0043_indexes_and_statistics'),
    ]

    operations = [
        migrations.AddField(
            model_name='export',
            name='marked_beside',
            field=models.JSONField(default=list, help_text='Names of JPEGs into which it could not be written; it is in sidecars.', null=True),
        ),
    ]
