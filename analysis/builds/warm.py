"""Loaded once by the process from which confined ones branch off: what nearly every build needs, ready to be used."""

from contextlib import suppress

import django

django.setup()

from django.template.loader import get_template  # noqa: E402 -- Django comes first

import analysis.outputs.report_pdf  # noqa: E402, F401
from survey.printing.pdf import PrintingError, warm_up  # noqa: E402

for name in (
    *(f"analysis/report/{each}.html" for each in ("report", "cover", "contents")),
    *(f"analysis/report/blocks/{each}.html" for each in ("heading", "paragraph", "items", "facts", "quotes", "notice")),
    *("components/table.html", "components/charts/figure.html", "components/charts/drawing.svg"),
):
    get_template(name)

with suppress(PrintingError):  # whoever prints is told; others need no styles
    warm_up("report.css")
