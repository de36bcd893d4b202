"""From here on the database itself refuses to change an entry of the audit."""

from django.db import migrations

from accounts.append_only import forbid_updates


class Migration(migrations.Migration):
    """Adds the trigger; reversible."""

    dependencies = [("accounts", "0002_cache_table")]
    operations = [forbid_updates("accounts_auditentry")]
