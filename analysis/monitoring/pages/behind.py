"""The boards that left an item blank: whom to ask, and nothing of what they said."""

from dataclasses import dataclass

from django.urls import reverse

from analysis.monitoring.leaving_blank import Behind
from respondents.returns.models import Return
from survey.counting import counted
from survey.models import Wave


@dataclass(frozen=True)
class BoardLine:
    """A board to ask."""

    name: str
    url: str
    strata: str


@dataclass(frozen=True)
class BehindPage:
    """One item: how many answered it, and the boards to ask."""

    wave: Wave
    code: str
    question: str
    lead: str
    boards: tuple[BoardLine, ...]


def behind_page(wave: Wave, code: str, found: Behind) -> BehindPage:
    """The page of an item; the boards are listed only where fewer than nine in ten answered."""
    boards = tuple(_line(wave, each) for each in found.boards)
    return BehindPage(wave, code, wave.questionnaire.items[code].label, _lead(found), boards)


def _line(wave: Wave, each: Return) -> BoardLine:
    url = reverse("helping:board", args=[wave.slug, each.pk])
    return BoardLine(str(each.board), url, f"{each.authority_type}, {each.region}")


def _lead(found: Behind) -> str:
    if found.rate is None:
        return "Nobody who was asked this has sent a return yet."
    words = f"{found.answered:,} of {counted(found.asked, 'return')} that were asked have answered ({found.rate}%)."
    if found.refused:
        words += f" {counted(found.refused, 'board')} would rather not say, which is left at that."
    if not found.is_flagged:
        return f"{words} Boards are listed here when fewer than 90% have answered."
    return f"{words} These left it blank: ask them, and reopen the section for those who want to answer."
