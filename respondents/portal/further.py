"""What rooms to the left have to show beside a person's returns; they add it when they start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from respondents.returns.models import Return


@dataclass(frozen=True)
class FurtherLink:
    """A page about one return that another room has."""

    url: str
    words: str


class Further(Protocol):
    """Finds the pages of these returns, with the person's standing on each; one query for any number of them."""

    def __call__(self, returns: Sequence[Return], *, now: datetime) -> Mapping[UUID, FurtherLink]:
        """The link of each return that has one."""


further: list[Further] = []


def further_links(returns: Sequence[Return], *, now: datetime) -> dict[UUID, tuple[FurtherLink, ...]]:
    """Every link, by return."""
    found = [each(returns, now=now) for each in further]
    return {each.pk: tuple(links[each.pk] for links in found if each.pk in links) for each in returns}
