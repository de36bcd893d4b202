"""Loaded once by the process from which confined ones branch off: what nearly every build needs, ready to be used."""

from contextlib import suppress

import django

django.setup()

from survey.printing.pdf import PrintingError, warm_up  # noqa: E402 -- Django comes first

with suppress(PrintingError):  # whoever prints is told; others need no styles
    warm_up("report.css")
