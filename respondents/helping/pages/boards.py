"""The boards of a wave in a list, a page at a time."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from respondents.paging import Leaf, leaf_of, page_of
from respondents.portal.pages.place import State, state_of
from respondents.portal.words import moment_in_words, past_in_words
from respondents.returns.models import Return
from survey.counting import counted
from survey.models import Wave


@dataclass(frozen=True)
class BoardRow:
    """One board and how its return stands."""

    board: str
    url: str
    state: State
    strata: str
    changed: str
    closes: str


@dataclass(frozen=True)
class BoardsPage:
    """The boards that were asked for."""

    wave: Wave
    shown: str
    rows: tuple[BoardRow, ...]
    leaf: Leaf | None
    loose_url: str
    chairs_url: str


def boards_page(
    wave: Wave, boards: "QuerySet[Return]", *, asked: QueryDict, may_settle: bool, now: datetime
) -> BoardsPage:
    """One page of the boards; `asked` is the query of the address."""
    part = page_of(boards, asked)
    return BoardsPage(
        wave=wave,
        shown=counted(part.paginator.count, "board"),
        rows=tuple(_row(wave, found, now=now) for found in part),
        leaf=leaf_of(part, asked),
        loose_url=reverse("helping:loose", args=[wave.slug]) if may_settle else "",
        chairs_url=reverse("succession:chairs", args=[wave.slug]) if may_settle else "",
    )


def _row(wave: Wave, found: Return, *, now: datetime) -> BoardRow:
    found.wave = wave
    strata = (found.authority_type, found.region)
    return BoardRow(
        board=found.board.area_name if found.board else "",
        url=reverse("helping:board", args=[wave.slug, found.pk]),
        state=state_of(found),
        strata=", ".join(filter(None, strata)),
        changed=past_in_words(found.changed_at, now=now).removeprefix("on ") if found.changed_at else "",
        closes=moment_in_words(found.closes_at) if found.is_extended_at(now) else "",
    )
