"""The room of who is asked and what they said."""

from django.apps import AppConfig


class RespondentsConfig(AppConfig):
    """Register, returns and the pages of those who answer."""

    name = "respondents"

    def ready(self) -> None:
        """Adds its steps to the life of every wave."""
        from respondents.fieldwork.own_steps import register_steps  # noqa: PLC0415 -- models are there once the apps are

        register_steps()
