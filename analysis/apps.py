"""The room of what it means."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """Extracts, tables and reports."""

    name = "analysis"
