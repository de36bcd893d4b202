"""The room of who is asked and what they said."""

from django.apps import AppConfig


class RespondentsConfig(AppConfig):
    """Register, returns, the pages of those who answer, and the post that goes to them."""

    name = "respondents"

    def ready(self) -> None:
        """Adds its steps to the life of every wave, and what looks at a message before it is handed over."""
        from respondents.contacts import handing_over  # noqa: F401, PLC0415 -- it needs the models
        from respondents.fieldwork.own_steps import register_steps  # noqa: PLC0415 -- models are there once the apps are

        register_steps()
