"""What is held about one person, as a page and as a file that a machine can read."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from respondents.copies.held import Cell, Holding
from respondents.portal.words import moment_in_words
from respondents.returns.models import Submission

LONG = 120


@dataclass(frozen=True)
class HeldCell:
    """What is held, in words; a long text has a wide column and keeps its lines."""

    words: str
    is_long: bool


@dataclass(frozen=True)
class HeldTable:
    """One kind of rows, with every cell in words."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple["HeldCell", ...], ...]


@dataclass(frozen=True)
class SentCopy:
    """One thing that the person submitted, with its copies."""

    words: str
    pdf_url: str
    csv_url: str


@dataclass(frozen=True)
class MyDataPage:
    """Everything held about the person who reads it."""

    lead: str
    sent: tuple[SentCopy, ...]
    tables: tuple[HeldTable, ...]


def my_data_page(person: User, held: Sequence[Holding], *, sent: Iterable[Submission], now: datetime) -> MyDataPage:
    """The page; `sent` is what the person submitted, for whatever board and however long ago."""
    return MyDataPage(
        lead=f"This is everything the survey held about {person.email} on {moment_in_words(now)}.",
        sent=tuple(map(_sent_copy, sent)),
        tables=tuple(
            HeldTable(f"held-{number}", each.title, each.columns, tuple(tuple(map(_cell, row)) for row in each.rows))
            for number, each in enumerate(held, start=1)
        ),
    )


def my_data_file(person: User, held: Sequence[Holding], *, now: datetime) -> bytes:
    """The same as JSON, with times as ISO 8601."""
    content = {
        "about": person.email,
        "made_at": now.isoformat(),
        "held": [
            {"title": each.title, "rows": [dict(zip(each.columns, map(_plain, row), strict=True)) for row in each.rows]}
            for each in held
        ],
    }
    return json.dumps(content, indent=2).encode()


def _sent_copy(submission: Submission) -> SentCopy:
    args = [submission.survey_return_id, submission.number]
    return SentCopy(
        words=f"{submission.survey_return.board}, submission {submission.number}, {submission.reference}",
        pdf_url=reverse("copies:sent_pdf", args=args),
        csv_url=reverse("copies:sent_csv", args=args),
    )


def _cell(cell: Cell) -> HeldCell:
    words = _in_words(cell)
    return HeldCell(words, len(words) > LONG)


def _in_words(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return date_format(timezone.localtime(cell), "j F Y, H:i")
    return date_format(cell, "j F Y") if isinstance(cell, date) else cell or "–"


def _plain(cell: Cell) -> str | None:
    return cell.isoformat() if isinstance(cell, date) else cell
