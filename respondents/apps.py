"""The room of who is asked and what they said."""

from django.apps import AppConfig


class RespondentsConfig(AppConfig):
    """Register, returns, the pages of those who answer, and the post that goes to them."""

    name = "respondents"

    def ready(self) -> None:
        """Adds its steps to the life of every wave, and what looks at a message before it is handed over."""
        from respondents.contacts import handing_over, steps  # noqa: F401, PLC0415 -- they need the models
        from respondents.fieldwork import own_steps  # noqa: PLC0415

        own_steps.register_steps()
        steps.register_steps()
