"""One table as it would leave, with the reason of every marker and what could be deduced of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from analysis.core.release.decisions import Decisions
from analysis.core.release.linked import REASONS
from analysis.core.release.tables import RETURNS_COLUMNS, Placed
from analysis.disclosing.choosing import parts_of
from analysis.disclosing.deciding import decided
from analysis.disclosing.material import material_of
from analysis.disclosing.packing import placed_of
from analysis.outputs.tables_html import TablePage, table_page
from survey.models import Wave


@dataclass(frozen=True)
class HiddenLine:
    """One hidden count: where it stands, why it is hidden, and what an intruder could deduce of it."""

    row: str
    column: str
    why: str
    deduced: str


@dataclass(frozen=True)
class ProtectedPage:
    """One table, protected."""

    wave: Wave
    name: str
    table: TablePage
    hidden: tuple[HiddenLine, ...]


def protected_page(wave: Wave, table: str, *, now: datetime) -> ProtectedPage:
    """This table as it was decided last; Http404 if there is none, or nothing that still holds."""
    found = material_of(wave, now=now)
    last = decided(found)
    if last.decisions is None or not last.is_current:
        raise Http404
    for placed in placed_of(found, last.decisions):
        if placed.table.id == table:
            page = table_page(placed.protected(last.decisions))
            return ProtectedPage(wave, parts_of(found.plan)[table], page, tuple(_lines(placed, last.decisions)))
    raise Http404


def _lines(placed: Placed, decisions: Decisions) -> Iterator[HiddenLine]:
    """One line for each count, though a response table shows it in several columns."""
    rows = {row.id: row for row in placed.table.rows}
    columns = {column.id: column.label for column in placed.table.columns}
    for (row, column), rule in placed.hidden(decisions).items():
        if column in RETURNS_COLUMNS[1:]:
            continue
        found = decisions.ranges.get(placed.names[row, column])
        yield HiddenLine(
            row=": ".join(word for word in (rows[row].panel, rows[row].label) if word),
            column=columns[column],
            why=f"{REASONS[rule]} ({rule})",
            deduced=f"{found.low:,} to {found.high:,}" if found else "",
        )
