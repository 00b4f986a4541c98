from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('albums', '0043_indexes_and_statistics'),
    ]

    operations = [
        migrations.AddField(
            model_name='export',
            name='marked_beside',
            field=models.JSONField(default=list, help_text='Names of JPEGs that have it in a sidecar, because of the same.', null=True),
        ),
    ]
