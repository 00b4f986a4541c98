import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("albums", "0018_person_numbers"),
    ]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="retries",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, editable=False, help_text="How often its owner tried it again."
            ),
        ),
        migrations.CreateModel(
            name="AccountTime",
            fields=[
                (
                    "owner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owes_until",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        help_text="In the future if it owes time.",
                    ),
                ),
                (
                    "retried_until",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        help_text="Each repeated attempt moves it into the future.",
                    ),
                ),
            ],
        ),
    ]
