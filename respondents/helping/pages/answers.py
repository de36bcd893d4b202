"""Answers under a pseudonym: the list of returns, and one submission."""

from dataclasses import dataclass

from django.core.paginator import Page as Slice
from django.http import QueryDict
from django.urls import reverse

from respondents.paging import Leaf, leaf_of
from respondents.portal.pages.answers import AnsweredSection, sent_sections
from respondents.register.models import Board
from respondents.returns.models import Return, Submission
from survey.counting import counted
from survey.models import Wave

APART = "Kept apart from the answers"


@dataclass(frozen=True)
class PseudonymRow:
    """One return under the name that says nothing."""

    name: str
    submissions: str
    url: str


@dataclass(frozen=True)
class PseudonymsPage:
    """The returns of a wave that count."""

    wave: Wave
    shown: str
    is_narrowed: bool
    rows: tuple[PseudonymRow, ...]
    leaf: Leaf | None


@dataclass(frozen=True)
class PseudonymPage:
    """One submission without who sent it, and the way to those before it."""

    wave: Wave
    name: str
    number: str
    sections: tuple[AnsweredSection, ...]
    others: tuple[tuple[str, str], ...]
    list_url: str


def pseudonyms_page(wave: Wave, part: "Slice[Return]", *, asked: QueryDict) -> PseudonymsPage:
    """The list."""
    return PseudonymsPage(
        wave=wave,
        shown=counted(part.paginator.count, "return"),
        is_narrowed=any(asked.get(name) for name in ("name", "which")),
        rows=tuple(_row(wave, found) for found in part),
        leaf=leaf_of(part, asked),
    )


def pseudonym_page(wave: Wave, submission: Submission, *, last: int) -> PseudonymPage:
    """One submission; what the questionnaire takes from the register is left out, since it may point to the board."""
    found, nobody = submission.survey_return, Board(name=APART)
    without_who = Return(wave=wave, board=nobody, authority_type=APART, region=APART)
    numbers = (number for number in range(1, last + 1) if number != submission.number)
    return PseudonymPage(
        wave=wave,
        name=f"Return {found.pseudonym}",
        number=f"Submission {submission.number} of {last}",
        sections=sent_sections(without_who, submission),
        others=tuple((f"Submission {number}", _url(wave, found, number)) for number in numbers),
        list_url=reverse("answers:list", args=[wave.slug]),
    )


def _row(wave: Wave, found: Return) -> PseudonymRow:
    last: int = getattr(found, "last_number", None) or 1
    told = counted(last, "submission") + (", with something written" if getattr(found, "writes", None) else "")
    return PseudonymRow(f"Return {found.pseudonym}", told, _url(wave, found, last))


def _url(wave: Wave, found: Return, number: int) -> str:
    return reverse("answers:one", args=[wave.slug, found.pseudonym, number])
