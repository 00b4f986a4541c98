"""The table of the cache, in which rate limits are counted. The command passes over a table that is there."""

from django.core.management import call_command
from django.db import migrations


def create_cache_table(apps, schema_editor):
    # By its name, not by settings.CACHES: a migration makes the same on every installation.
    call_command("createcachetable", "cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [("accounts", "0002_api_tokens")]

    operations = [migrations.RunPython(create_cache_table, migrations.RunPython.noop)]
