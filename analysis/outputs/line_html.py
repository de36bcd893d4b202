"""A line of a document as HTML: every word escaped, footnotes in the place where they are called."""

from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from analysis.core.document.blocks import Inline, Line, Link, NoteMark, Words
from analysis.core.house_style import Picture
from analysis.outputs.house_places import picture_address


class LineWriter:
    """Writes lines in reading order; a footnote is written out where it is first called, and led to afterwards."""

    def __init__(self, notes: Mapping[str, Line] | None = None) -> None:
        self._notes, self._written = dict(notes or {}), set[str]()

    def html(self, line: Line) -> SafeString:
        """Return the line as HTML."""
        return format_html_join("", "{}", ((self._inline(part),) for part in line))

    def picture(self, picture: Picture) -> str:
        """Return where a picture is read from: on paper it goes with the document, by its name."""
        return picture.name

    def _inline(self, part: Inline) -> SafeString:
        match part:
            case Words():
                return _words(part)
            case Link():
                return format_html('<a href="{}">{}</a>', part.to, part.text)
            case NoteMark():
                return self._note(part)

    def _note(self, mark: NoteMark) -> SafeString:
        if mark.note_id in self._written or mark.note_id not in self._notes:
            return format_html('<sup><a href="#{}">{}</a></sup>', mark.note_id, mark.number)
        self._written.add(mark.note_id)
        inside = self.html(self._notes[mark.note_id])
        return format_html('<span class="footnote" id="{}">{}</span>', mark.note_id, inside)


class ScreenWriter(LineWriter):
    """Writes lines for a screen: a mark leads to its footnote at the end, which leads back."""

    def picture(self, picture: Picture) -> str:
        """Return the address of the picture."""
        return picture_address(picture.digest)

    def _note(self, mark: NoteMark) -> SafeString:
        is_first = mark.note_id not in self._written
        self._written.add(mark.note_id)
        place = format_html(' id="{}"', call_id(mark.note_id)) if is_first else ""
        hidden = "govuk-visually-hidden"
        return format_html(
            '<sup><a class="govuk-link" href="#{}"{}><span class="{}">note </span>{}</a></sup>',
            *(mark.note_id, place, hidden, mark.number),
        )


def call_id(note_id: str) -> str:
    """Where a footnote is called first."""
    return f"{note_id}-call"


def _words(words: Words) -> SafeString:
    found = format_html("{}", words.text)
    for wanted, tag in ((words.is_emphasised, "em"), (words.is_strong, "strong")):
        if wanted:
            found = format_html("<{}>{}</{}>", mark_safe(tag), found, mark_safe(tag))  # noqa: S308 -- one of two words
    return found
