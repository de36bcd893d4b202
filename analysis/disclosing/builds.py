"""What is decided and built for releases, as builds."""

from analysis.builds.kinds import WORD, Kind, declare

STANDS = "analysis.publishing.taking_back.require_build_standing"  # asked each time a file is taken
DISCLOSURE = declare(
    Kind(
        name="disclosure",
        words="What may leave",
        gather="analysis.disclosing.deciding.gather_decisions",
        make="analysis.disclosing.deciding.make_decisions",
        content_type="application/json",
    )
)
RELEASE_PDF = declare(
    Kind(
        name="release_pdf",
        words="Report of a release (PDF)",
        gather="analysis.disclosing.reporting.gather_release",
        make="analysis.outputs.report_pdf.make_report",
        file_name="{wave}-release-{number}.pdf",
        stands=STANDS,
    )
)
RELEASE_WORD = declare(
    Kind(
        name="release_word",
        words="Report of a release (Word)",
        gather="analysis.disclosing.reporting.gather_release",
        make="analysis.outputs.report_word.make_word",
        file_name="{wave}-release-{number}.docx",
        content_type=WORD,
        stands=STANDS,
    )
)
RELEASE_WEB = declare(
    Kind(
        name="release_web",
        words="Report of a release (web page)",
        gather="analysis.disclosing.reporting.gather_release",
        make="analysis.outputs.report_web.make_web",
        content_type="text/html; charset=utf-8",
    )
)
REPORTS = {"pdf": RELEASE_PDF, "docx": RELEASE_WORD, "html": RELEASE_WEB}  # by the ending of the file
