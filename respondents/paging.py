"""Long lists, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

ON_A_PAGE = 50


@dataclass(frozen=True)
class Leaf:
    """Where a long list goes on, and where it came from."""

    words: str
    earlier_url: str
    later_url: str


def page_of(found: "QuerySet[Any] | Sequence[Any]", asked: QueryDict) -> "Page[Any]":
    """The page that was asked for; one that there is not becomes the nearest."""
    return Paginator(found, ON_A_PAGE).get_page(asked.get("page"))


def leaf_of(part: "Page[Any]", asked: QueryDict) -> Leaf | None:
    """The way to the pages before and after, with what else was asked; nothing where all is on one page."""
    if part.paginator.num_pages <= 1:
        return None
    earlier = _page_url(asked, part.previous_page_number()) if part.has_previous() else ""
    later = _page_url(asked, part.next_page_number()) if part.has_next() else ""
    return Leaf(f"Page {part.number:,} of {part.paginator.num_pages:,}", earlier, later)


def _page_url(asked: QueryDict, number: int) -> str:
    again = QueryDict(mutable=True)
    again.update({name: str(value) for name, value in asked.items() if value})
    again["page"] = str(number)
    return f"?{again.urlencode()}"
