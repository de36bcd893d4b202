"""The table in which requests of the public API are counted. Data of no lasting worth: not taken away on reversal."""

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def create_cache_table(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Makes the table unless it is there."""
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """After this step the cache of the API works."""

    dependencies = [("analysis", "0002_append_only")]
    operations = [migrations.RunPython(create_cache_table, migrations.RunPython.noop)]
