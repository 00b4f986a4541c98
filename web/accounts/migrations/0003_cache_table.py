"""Creates the table of the cache, which counts rate limits. The command skips a table that exists."""

from django.core.management import call_command
from django.db import migrations


def create_cache_table(apps, schema_editor):
    # By name, not from settings.CACHES: a migration does the same on every installation.
    call_command("createcachetable", "cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [("accounts", "0002_api_tokens")]

    operations = [migrations.RunPython(create_cache_table, migrations.RunPython.noop)]
