"""From here on the database itself refuses to change a recorded plan or frozen data."""

from django.db import migrations

from accounts.append_only import forbid_updates


class Migration(migrations.Migration):
    """Adds the triggers; reversible."""

    dependencies = [("analysis", "0001_initial")]
    operations = [forbid_updates("analysis_planrecord", "analysis_frozenextract")]
