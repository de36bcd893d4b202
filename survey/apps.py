"""The room of what is asked."""

from django.apps import AppConfig


class SurveyConfig(AppConfig):
    """Questionnaires and waves."""

    name = "survey"
