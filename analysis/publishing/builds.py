"""The report of an edition, in each form, as builds: from the edition's own tables and with what it corrects."""

from analysis.builds.kinds import WORD, Kind, declare

STANDS = "analysis.publishing.taking_back.require_build_standing"  # asked each time a file is taken
GATHER = "analysis.publishing.reporting.gather_edition"
EDITION_PDF = declare(
    Kind(
        name="edition_pdf",
        words="Report of an edition (PDF)",
        gather=GATHER,
        make="analysis.outputs.report_pdf.make_report",
        file_name="{subject}.pdf",
        stands=STANDS,
    )
)
EDITION_WORD = declare(
    Kind(
        name="edition_word",
        words="Report of an edition (Word)",
        gather=GATHER,
        make="analysis.outputs.report_word.make_word",
        file_name="{subject}.docx",
        content_type=WORD,
        stands=STANDS,
    )
)
EDITION_WEB = declare(
    Kind(
        name="edition_web",
        words="Report of an edition (web page)",
        gather=GATHER,
        make="analysis.outputs.report_web.make_web",
        content_type="text/html; charset=utf-8",
    )
)
FORMS = {"pdf": EDITION_PDF, "docx": EDITION_WORD, "html": EDITION_WEB}  # by the ending of the file
