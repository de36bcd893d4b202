"""From here on the database itself refuses to change a published questionnaire, and to make a real wave a test wave."""

from django.db import migrations

from accounts.append_only import forbid_changing, forbid_updates


class Migration(migrations.Migration):
    """Adds the triggers; reversible."""

    dependencies = [("survey", "0001_initial")]
    operations = [
        forbid_updates("survey_questionnaireversion", "survey_documentdraft"),
        forbid_changing("survey_wave", "is_test"),
    ]
