"""The rows of a table, and how a page sets them: a thousand figures take the template language a tenth of a second."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Difference:
    """A published figure that differs from ours: the mark in the cell and the note it leads to."""

    letter: str
    mark_id: str
    note_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it is set, with its marker and the note on what was published instead."""

    text: str
    marker: str
    style: str
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its label and its figures."""

    label: str
    style: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows under one heading; tables without panels have one that has no heading."""

    heading: str
    lines: tuple[Line, ...]

    @property
    def rows(self) -> SafeString:
        """The rows as HTML, every word of them escaped."""
        return mark_safe("".join(map(_row, self.lines)))  # noqa: S308 -- escaped word by word below


def _row(line: Line) -> str:
    head = f'<th scope="row">{escape(line.label)}</th>'
    return f"<tr{_styled(line.style)}>{head}{''.join(map(_cell, line.figures))}</tr>"


def _cell(figure: Figure) -> str:
    return f"<td{_styled(figure.style)}>{''.join(_inside(figure))}</td>"


def _inside(figure: Figure) -> Iterator[str]:
    if figure.text:
        yield escape(figure.text)
    if figure.marker:
        yield " " if figure.text else ""
        yield f'<span class="marker">{escape(figure.marker)}</span>'
    if figure.difference:
        mark = figure.difference
        hidden = '<span class="govuk-visually-hidden">note </span>'
        place = f'id="{escape(mark.mark_id)}" href="#{escape(mark.note_id)}"'
        yield f'<a class="mark" {place}>{hidden}{escape(mark.letter)}</a>'


def _styled(style: str) -> str:
    return f' class="{escape(style)}"' if style else ""
