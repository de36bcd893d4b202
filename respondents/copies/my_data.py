"""What is held about one person, as a page and as a file that a machine can read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from respondents.copies.held import Cell, Holding
from respondents.portal.words import moment_in_words


@dataclass(frozen=True)
class HeldTable:
    """One kind of rows, with every cell in words."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class MyDataPage:
    """Everything held about the person who reads it."""

    lead: str
    tables: tuple[HeldTable, ...]


def my_data_page(person: User, held: Sequence[Holding], *, now: datetime) -> MyDataPage:
    """The page."""
    return MyDataPage(
        lead=f"This is everything the survey held about {person.email} on {moment_in_words(now)}.",
        tables=tuple(
            HeldTable(
                f"held-{number}", each.title, each.columns, tuple(tuple(map(_in_words, row)) for row in each.rows)
            )
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


def _in_words(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return date_format(timezone.localtime(cell), "j F Y, H:i")
    return date_format(cell, "j F Y") if isinstance(cell, date) else cell or "–"


def _plain(cell: Cell) -> str | None:
    return cell.isoformat() if isinstance(cell, date) else cell
