"""Service: the list of boards to chase, as a file for whoever rings them; it names people, so each copy is audited."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.monitoring.boards import MISSING, BoardRow, boards_of, rows_of
from analysis.monitoring.figures import Figures
from respondents.tabular.writing import Row, Sheet, write_csv, write_xlsx

EXPORTED = declare("chasing_list.exported", "Took the chasing list away")
HEADS = (
    "Priority",
    "Board",
    "Authority type",
    "Region",
    "State",
    "Chairs",
    "Addresses",
    "Same chair, also on this list",
    "Last change",
    "Last contact",
    "Follow-up",
    "Next step",
)
NOTE = (
    "Boards whose type or region has answered least come first: priority is the lower of the two adjusted residuals, "
    "and the further below nought, the sooner a return makes the answers more even."
)

ONE_CALL = (
    "Somebody who chairs several boards is asked for one return for each of them, and gets a message about each; "
    "the other boards of theirs that are missing are named, so that one call will do."
)


def chasing_list(figures: Figures) -> Sheet:
    """Every board that has not submitted, those to chase first above."""
    returns = boards_of(figures.wave, {"state": MISSING}, figures=figures)
    rows = list(rows_of(figures.wave, returns, now=figures.now))
    return Sheet("Chasing list", HEADS, list(_lines(rows)), notes=(NOTE, ONE_CALL))


def export_chasing_list(figures: Figures, kind: str, *, by: User, now: datetime) -> bytes:
    """The list as `csv` or `xlsx`."""
    sheet, wave = chasing_list(figures), figures.wave
    detail = {"format": kind, "boards": len(sheet.rows)}
    record(EXPORTED, by=by, subject=wave, about=wave.title, wave=wave.slug, detail=detail, now=now)
    return WRITERS[kind](sheet)


def _lines(rows: Sequence[BoardRow]) -> Iterable[Row]:
    chaired: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows:
        for person in row.chairs:
            chaired[person.pk].append(_board(row))
    for row in rows:
        others = {name for person in row.chairs for name in chaired[person.pk]} - {_board(row)}
        changed = row.found.changed_at
        yield (
            round(row.priority, 2),
            _board(row),
            row.found.authority_type,
            row.found.region,
            row.state.label,
            row.who,
            ", ".join(person.email for person in row.chairs),
            ", ".join(sorted(others)),
            timezone.localtime(changed) if changed else None,
            row.contacts.last_words,
            row.contacts.last.follow_up if row.contacts.last else None,
            row.next_step,
        )


def _board(row: BoardRow) -> str:
    return row.found.board.name if row.found.board else ""


WRITERS: Mapping[str, Callable[[Sheet], bytes]] = {
    "csv": lambda sheet: write_csv(sheet.heads, sheet.rows),
    "xlsx": lambda sheet: write_xlsx([sheet]),
}
