from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Names of the field in place of our own. Nothing is released yet, so no version before has to live with it."""

    contract = "Renamed before the first release."

    dependencies = [
        ("albums", "0010_export_error_code"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel("Taste", "PersonalRanker"),
        migrations.RenameIndex("personalranker", "albums_pers_learnin_733413_idx", "albums_tast_learnin_39fb7b_idx"),
        migrations.RenameIndex("personalranker", "albums_ranker_changed", "albums_taste_changed"),
        migrations.AlterField(
            "personalranker",
            "owner",
            models.OneToOneField(
                settings.AUTH_USER_MODEL,
                on_delete=models.CASCADE,
                primary_key=True,
                related_name="personal_ranker",
                serialize=False,
            ),
        ),
        migrations.RenameField("photo", "tiles", "gradient_map"),
    ]
