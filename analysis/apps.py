"""The room of what it means."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """Extracts, tables and reports."""

    name = "analysis"

    def ready(self) -> None:
        """Adds its steps to the life of every wave, its texts to what is erased, its links to a person's boards."""
        # Models are there once the apps are.
        from analysis.milestones.steps import register_steps  # noqa: PLC0415
        from analysis.opentext.models import TEXTS  # noqa: PLC0415
        from analysis.reports.linking import report_links  # noqa: PLC0415
        from respondents.portal import further as portal  # noqa: PLC0415
        from respondents.retention.texts import further  # noqa: PLC0415

        register_steps()
        further.extend(TEXTS)
        portal.further.append(report_links)
