"""From here on the database itself refuses to change a published questionnaire."""

from django.db import migrations

from accounts.append_only import forbid_updates


class Migration(migrations.Migration):
    """Adds the trigger; reversible."""

    dependencies = [("survey", "0001_initial")]
    operations = [forbid_updates("survey_questionnaireversion")]
