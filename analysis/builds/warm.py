"""Loaded once by the process from which confined ones branch off: what nearly every build needs, ready to be used."""

from contextlib import suppress

import django

django.setup()

from django.template.loader import get_template  # noqa: E402 -- Django comes first

import analysis.outputs.report_pdf  # noqa: E402, F401
from survey.printing.pdf import PrintingError, warm_up  # noqa: E402

get_template("analysis/report/report.html")

with suppress(PrintingError):  # whoever prints is told; others need no styles
    warm_up("report.css")
