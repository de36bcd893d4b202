"""What a text would print now, and everything that is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from analysis.core.document import Problem, Template, fill, lint
from analysis.core.document.material import Material
from analysis.outputs.document_pages import DocumentPage, screen_page
from analysis.outputs.report_material import material_of
from analysis.reporting import sources_for_team
from analysis.templating.versions import examine
from survey.counting import counted
from survey.models import Wave


@dataclass(frozen=True)
class Told:
    """One problem: its line, where and what it is, what the line says, and what to do."""

    line: int
    place: str
    message: str
    hint: str
    number: str


@dataclass(frozen=True)
class Preview:
    """The report on screen, if the text can be used; problems of the text, and those of its tables."""

    report: DocumentPage | None
    errors: tuple[Told, ...]
    unsaid: tuple[Told, ...]
    waits: bool = False  # it was not counted yet

    @property
    def said(self) -> str:
        """How many problems there are, in words."""
        if self.errors:
            return f"{counted(len(self.errors), 'problem')} in the text. No report is made from it until it is mended."
        if self.unsaid:
            return f"The text can be used. {counted(len(self.unsaid), 'problem')} with what the tables bear out."
        return "No problems."


def waiting_preview(text: str) -> Preview:
    """What the text shows by itself; what it prints is asked for by the page, once it is there."""
    problems = _told(examine(text).problems)
    return Preview(None, problems, (), waits=not problems)


def preview_of(wave: Wave, text: str, *, now: datetime) -> Preview:
    """The report that this text makes from the answers that count now, for the team."""
    examined = examine(text)
    if examined.template is None:
        return Preview(None, _told(examined.problems), ())
    return _filled(examined.template, material_of(sources_for_team(wave, now=now)))


def _filled(template: Template, material: Material) -> Preview:
    return Preview(screen_page(fill(template, material), place=lambda _: ""), (), _told(lint(template, material)))


def _told(problems: Iterable[Problem]) -> tuple[Told, ...]:
    return tuple(Told(each.line or 1, each.place, each.message, each.hint, each.id) for each in problems)
