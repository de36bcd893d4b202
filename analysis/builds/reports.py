"""The report of a wave for the team, as a build."""

from analysis.builds.kinds import TEAM, WORD, Kind, declare

REPORT_PDF = declare(
    Kind(
        name="report_pdf",
        words="Report for the team (PDF)",
        page="read/report/",
        explanation="Every table and chart of the analysis plan, from the submissions that count when you ask for it.",
        gather="analysis.reporting.gather_report",
        make="analysis.outputs.report_pdf.make_report",
        file_name="{wave}-report.pdf",
        roles=TEAM,
        is_offered=True,
    )
)
REPORT_WORD = declare(
    Kind(
        name="report_word",
        words="Report for the team (Word)",
        explanation="The same report as a Word document, for those who edit it or comment on it.",
        gather="analysis.reporting.gather_report",
        make="analysis.outputs.report_word.make_word",
        file_name="{wave}-report.docx",
        content_type=WORD,
        roles=TEAM,
        is_offered=True,
    )
)
