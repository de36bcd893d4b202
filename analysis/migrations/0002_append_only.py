"""From here on the database itself refuses to change what was recorded, frozen, imported or coded."""

from django.db import migrations

from accounts.append_only import forbid_updates


class Migration(migrations.Migration):
    """Adds the triggers; reversible."""

    dependencies = [("analysis", "0001_initial")]
    operations = [
        forbid_updates("analysis_keptplan", "analysis_planrecord", "analysis_frozenextract"),
        forbid_updates("analysis_frameversion", "analysis_coders", "analysis_coderdone", "analysis_coding"),
        forbid_updates("analysis_adjudication", "analysis_redaction", "analysis_quote", "analysis_quotestep"),
        forbid_updates("analysis_localname"),
        forbid_updates("analysis_comparator", "analysis_comparatorwithdrawal"),
        forbid_updates("analysis_release", "analysis_releasestep", "analysis_releasechoice"),
        forbid_updates("analysis_savedtable", "analysis_copytaken"),
        forbid_updates("analysis_announcement", "analysis_reporttext"),
        forbid_updates("analysis_keptpicture", "analysis_housestyleversion", "analysis_reportpicture"),
        forbid_updates("analysis_publication", "analysis_calendarentry", "analysis_wording", "analysis_edition"),
        forbid_updates("analysis_editionfile"),
        forbid_updates("analysis_signoff", "analysis_withdrawal", "analysis_earlyaccess", "analysis_earlyaccessend"),
    ]
