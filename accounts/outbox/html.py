"""The HTML part of a message: made from its plain text, so that both say the same."""

import re

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.outbox.letters import Letter

_LINK = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:!?()])")
_BLANK = re.compile(r"\n\s*\n")


def as_html(letter: Letter) -> str:
    """The whole HTML document of a letter."""
    words = {"subject": letter.subject, "paragraphs": paragraphs(letter.text)}
    return render_to_string("outbox/letter.html", words)


def paragraphs(text: str) -> list[SafeString]:
    """The paragraphs of a plain text, with its lines kept and its addresses made links; all else is shown as typed."""
    return [_paragraph(each) for each in _BLANK.split(text.strip()) if each.strip()]


def _paragraph(text: str) -> SafeString:
    lines = (((_line(line)),) for line in text.splitlines())
    return format_html_join(SafeString("<br>\n"), "{}", lines)


def _line(line: str) -> SafeString:
    pieces = _LINK.split(line)  # every second piece is an address
    shown = (
        (format_html('<a href="{}">{}</a>', each, each) if place % 2 else each,) for place, each in enumerate(pieces)
    )
    return format_html_join("", "{}", shown)
