"""The boards of a wave in a list, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from respondents.portal.pages.place import State, state_of
from respondents.portal.words import counted, moment_in_words, past_in_words
from respondents.returns.models import Return
from survey.models import Wave

ON_A_PAGE = 50


@dataclass(frozen=True)
class Leaf:
    """Where a long list goes on, and where it came from."""

    words: str
    earlier_url: str
    later_url: str


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
    part = Paginator(boards, ON_A_PAGE).get_page(asked.get("page"))
    return BoardsPage(
        wave=wave,
        shown=counted(part.paginator.count, "board"),
        rows=tuple(_row(wave, found, now=now) for found in part),
        leaf=leaf_of(part, asked),
        loose_url=reverse("helping:loose", args=[wave.slug]) if may_settle else "",
        chairs_url=reverse("succession:chairs", args=[wave.slug]) if may_settle else "",
    )


def leaf_of(part: "Slice[Any]", asked: QueryDict) -> Leaf | None:
    """Where the list goes on; nothing if it fits on one page."""
    pages = part.paginator.num_pages
    if pages == 1:
        return None
    earlier = _address(asked, part.number - 1) if part.has_previous() else ""
    later = _address(asked, part.number + 1) if part.has_next() else ""
    return Leaf(f"Page {part.number} of {pages}", earlier, later)


def _address(asked: QueryDict, number: int) -> str:
    kept = [(name, value) for name, value in asked.items() if name != "page" and value]
    return "?" + urlencode([*kept, ("page", number)])


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
