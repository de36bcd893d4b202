"""The list of every copy there is of one return: the draft, what was sent, and which of it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from respondents.copies.editions import Edition, editions_of
from respondents.portal.pages.place import Place, place_of
from respondents.returns.models import Return, Submission


@dataclass(frozen=True)
class CopyRow:
    """One state of the return, with its copies."""

    heading: str
    standing: str
    by: str
    pdf_url: str
    csv_url: str
    read_url: str


@dataclass(frozen=True)
class DrawerPage:
    """Every copy of one return, the newest first."""

    place: Place
    rows: tuple[CopyRow, ...]
    differences_url: str
    questions_pdf_url: str
    questions_word_url: str
    tasks_url: str


def drawer_page(found: Return, submissions: Iterable[Submission], *, now: datetime) -> DrawerPage:
    """The copies of this return."""
    editions = editions_of(found, submissions)
    return DrawerPage(
        place=place_of(found, now=now),
        rows=tuple(_row(found, edition) for edition in reversed(editions)),
        differences_url=reverse("copies:differences", args=[found.pk]) if len(editions) > 1 else "",
        questions_pdf_url=reverse("copies:questions_pdf", args=[found.pk]),
        questions_word_url=reverse("copies:questions_word", args=[found.pk]),
        tasks_url=reverse("portal:tasks", args=[found.pk]),
    )


def _row(found: Return, edition: Edition) -> CopyRow:
    kind = "draft" if edition.is_draft else "sent"
    args = [str(found.pk)] if edition.is_draft else [str(found.pk), edition.key]
    return CopyRow(
        heading=edition.heading,
        standing=edition.standing,
        by=edition.by,
        pdf_url=reverse(f"copies:{kind}_pdf", args=args),
        csv_url=reverse(f"copies:{kind}_csv", args=args),
        read_url=reverse("portal:check" if edition.is_draft else "portal:sent", args=args),
    )
