"""The room of what it means."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """Extracts, tables and reports."""

    name = "analysis"

    def ready(self) -> None:
        """Adds its steps to the life of every wave."""
        from analysis.milestones.steps import register_steps  # noqa: PLC0415 -- models are there once the apps are

        register_steps()
