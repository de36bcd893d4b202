"""Any two releases cell by cell: what stood there, what stands there now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from analysis.core.revising import Change, Compared, Figure, changes, figures_in, tally
from analysis.core.table_record import read_all
from analysis.disclosing.models import Release
from analysis.disclosing.refusals import NotComparable
from survey.models import Wave

HEADS = (
    "table",
    "row",
    "column",
    "measure",
    "from",
    "from base",
    "from marker",
    "to",
    "to base",
    "to marker",
    "change",
)
MEASURES: Mapping[Compared, str] = {
    "count": "number",
    "percent": "per cent",
    "interval": "95% interval",
    "bounds": "bounds",
    "interval_low": "95% interval, lower end",
    "interval_high": "95% interval, upper end",
    "interval_low_percent": "95% interval, lower end, per cent",
    "interval_high_percent": "95% interval, upper end, per cent",
    "bound_low": "lower bound",
    "bound_high": "upper bound",
}
MOST_SHOWN = 500


@dataclass(frozen=True)
class ChangeLine:
    """One figure that differs."""

    table: str
    place: str
    measure: str
    before: str
    after: str


@dataclass(frozen=True)
class ComparisonPage:
    """Two releases beside each other."""

    wave: Wave
    title: str
    words: str
    lines: tuple[ChangeLine, ...]
    more: str
    csv_url: str
    numbers: tuple[int, ...]
    old: int
    new: int


def comparison_page(old: Release, new: Release, *, numbers: tuple[int, ...]) -> ComparisonPage:
    """What changed from one to the other; NotComparable where the tables of either were not kept."""
    found, figures = changed(old, new)
    address = [new.wave.slug, old.number, new.number]
    return ComparisonPage(
        wave=new.wave,
        title=f"Release {old.number} and release {new.number}",
        words=_words(found, figures=figures),
        lines=tuple(map(_line, found[:MOST_SHOWN])),
        more=f"The first {MOST_SHOWN} are shown; the file has all." if len(found) > MOST_SHOWN else "",
        csv_url=reverse("disclosing:compared_csv", args=address),
        numbers=numbers,
        old=old.number,
        new=new.number,
    )


def changed(old: Release, new: Release) -> tuple[tuple[Change, ...], int]:
    """What differs, and how many figures the newer one has room for."""
    for release in (old, new):
        if not release.tables:
            raise NotComparable(
                f"{release} was prepared before its tables were kept with it, so it cannot be compared."
            )
    tables = read_all(new.tables)
    return changes(read_all(old.tables), tables), figures_in(tables)


def sheet(found: tuple[Change, ...]) -> Iterator[tuple[str | int | None, ...]]:
    """A line under `HEADS` for each figure that differs, for a file."""
    for each in found:
        before, after = each.before or NOTHING, each.after or NOTHING
        kind = "added" if each.before is None else "gone" if each.after is None else "changed"
        place = each.table.id, each.row.id, each.column.id, each.measure
        yield (*place, before.text, before.base, before.marker, after.text, after.base, after.marker, kind)


NOTHING = Figure(None, "", None, "")


def _words(found: tuple[Change, ...], *, figures: int) -> str:
    if not found:
        return f"None of {figures:,} figures differs."
    made = tally(found)
    told = [f"{made.differing:,} of {figures:,} figures {'differs' if made.differing == 1 else 'differ'}"]
    moved = (made.added, "new"), (made.gone, "gone")
    told += [f"{many:,} {'is' if many == 1 else 'are'} {word}" for many, word in moved if many]
    return f"{', '.join(told)}."


def _line(change: Change) -> ChangeLine:
    name = change.table.name
    place = ", ".join(word for word in (change.row.panel, change.row.label, change.column.label) if word)
    return ChangeLine(name, place, MEASURES[change.measure], _figure(change.before), _figure(change.after))


def _figure(figure: Figure | None) -> str:
    if figure is None:
        return "not there"
    of = f" of {figure.base:,}" if figure.text and figure.base else ""
    return " ".join(word for word in (f"{figure.text}{of}", figure.marker) if word) or "no figure"
