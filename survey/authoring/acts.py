"""The acts of staff on questionnaires that are recorded."""

from accounts.audit.acts import declare

KEPT = declare("questionnaire.kept", "Kept a draft of a questionnaire")
PUBLISHED = declare("questionnaire.published", "Published a questionnaire")
