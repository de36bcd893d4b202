"""Returns that named no board: the list, one beside the board's own, and what was settled. No answer is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page as Slice
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from respondents.helping.pages.board import Done
from respondents.paging import Leaf, leaf_of
from respondents.portal.words import moment_in_words, past_in_words, person_in_words
from respondents.returns.attribution import Attribution, Settled
from respondents.returns.models import Return
from survey.counting import counted
from survey.models import Wave


@dataclass(frozen=True)
class LooseRow:
    """A return that named no board."""

    name: str
    url: str
    strata: str
    received: str
    stands: str


@dataclass(frozen=True)
class LoosePage:
    """Every return of a wave that named no board."""

    wave: Wave
    shown: str
    rows: tuple[LooseRow, ...]
    leaf: Leaf | None
    boards_url: str


@dataclass(frozen=True)
class Side:
    """One of two returns, in what can be said of it without its answers."""

    title: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SettlePage:
    """One return that named no board, what was decided on it, and the board it is compared with."""

    wave: Wave
    name: str
    sides: tuple[Side, ...]
    decided: tuple[Done, ...]
    undo_url: str
    list_url: str


def loose_page(wave: Wave, part: "Slice[Return]", *, asked: QueryDict) -> LoosePage:
    """The list."""
    return LoosePage(
        wave=wave,
        shown=counted(part.paginator.count, "return"),
        rows=tuple(_row(wave, found) for found in part),
        leaf=leaf_of(part, asked),
        boards_url=reverse("helping:boards", args=[wave.slug]),
    )


def settle_page(
    found: Return, own: Return | None, decided: Iterable[Attribution], *, person: User, now: datetime
) -> SettlePage:
    """One of them, and beside it the board's own that was chosen."""
    arguments = [found.wave.slug, found.pk]
    return SettlePage(
        wave=found.wave,
        name=name_of(found),
        sides=(_side("As it came", found), *([_side(str(own.board), own)] if own else [])),
        decided=tuple(_decided(each, person=person, now=now) for each in decided),
        undo_url=reverse("helping:undo", args=arguments) if found.duplicate_of_id else "",
        list_url=reverse("helping:loose", args=[found.wave.slug]),
    )


def name_of(found: Return) -> str:
    """What a return without a board is called: as in the file it came in."""
    return f"Return {found.legacy_id or str(found.pk)[:8]}"


def _row(wave: Wave, found: Return) -> LooseRow:
    own = found.duplicate_of
    return LooseRow(
        name=name_of(found),
        url=reverse("helping:settle", args=[wave.slug, found.pk]),
        strata=_strata(found),
        received=moment_in_words(found.submitted_at) if found.submitted_at else "Never submitted",
        stands=f"Duplicate of the return of {own.board}" if own else "Names no board, and counts",
    )


def _side(title: str, found: Return) -> Side:
    given = len(found.answers) + len(found.texts)
    received = moment_in_words(found.submitted_at) if found.submitted_at else "Nothing submitted"
    facts = (
        ("State", str(found.state.label)),
        ("Authority type, region", _strata(found)),
        ("Submitted", received),
        ("Answered", counted(given, "item")),
        ("Saves", str(found.version)),
    )
    return Side(title, facts)


def _strata(found: Return) -> str:
    return ", ".join(filter(None, (found.authority_type, found.region))) or "Not stated"


def _decided(decided: Attribution, *, person: User, now: datetime) -> Done:
    who = person_in_words(decided.made_by, reader=person)
    what = f"{Settled(decided.settled).label}: {decided.survey_return.board}. The reason: {decided.reason}"
    return Done(past_in_words(decided.made_at, now=now), who[:1].upper() + who[1:], what)
