"""From here on the database itself refuses to change a save or a submission."""

from django.db import migrations

from accounts.append_only import forbid_updates


class Migration(migrations.Migration):
    """Adds the triggers; reversible."""

    dependencies = [("respondents", "0001_initial")]
    operations = [
        forbid_updates(
            "respondents_save",
            "respondents_submission",
            "respondents_comment",
            "respondents_consultation",
            "respondents_handback",
            "respondents_transfer",
            "respondents_reopening",
            "respondents_extension",
            "respondents_attribution",
            "respondents_teammessage",
            "respondents_query",
            "respondents_querystep",
            "respondents_feedback",
            "respondents_registerchange",
            "respondents_contactentry",
            "respondents_outcomedecision",
            "respondents_approvaloverride",
            "respondents_closingchange",
            "respondents_templateversion",
            "respondents_backup",
            "respondents_restorecheck",
        )
    ]
