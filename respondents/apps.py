"""The room of who is asked and what they said."""

from django.apps import AppConfig


class RespondentsConfig(AppConfig):
    """Register, returns and the pages of those who answer."""

    name = "respondents"
