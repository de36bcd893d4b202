"""A comparison as a file: the same lines as on its page, with the statement and the facts beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.comparators.comparing import Compared
from analysis.comparators.pages.comparison import facts_of, rows_of
from analysis.comparators.words import family_in_words
from analysis.core.beside_pairs import Side, Tested, by_table
from analysis.core.table import Table
from respondents.tabular.writing import Row, Sheet, write_csv, write_xlsx
from survey.models import Wave

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = (
    *("item", "answers", "here_count", "here_base", "here_percent", "there_count", "there_base", "there_percent"),
    *("difference_points", "low_points", "high_points", "fisher_p", "holm_p", "family_size", "in_words"),
    "note",
)
DRAFT = "Draft: not checked for disclosure, and not for publication."


def csv_of(wave: Wave, found: Compared, table: Table) -> bytes:
    """One line for each item."""
    return write_csv(HEADS, _lines(found, table))


def xlsx_of(wave: Wave, found: Compared, table: Table) -> bytes:
    """The lines, the differing facts on a sheet of their own, and what must be said about both."""
    notes = (found.other.caveat, family_in_words(found.comparison.family), DRAFT)
    facts = [(fact.name, fact.here, fact.there) for fact in facts_of(wave, found, table)]
    sheets = [
        Sheet("Comparison", HEADS, _lines(found, table), notes),
        Sheet("What differs", ("Fact", "This survey", found.other.label), facts),
    ]
    return write_xlsx(sheets, title=f"Table {table.number} beside {found.other.label}")


@dataclass(frozen=True)
class Format:
    """How a comparison becomes a file of this kind."""

    render: Callable[[Wave, Compared, Table], bytes]
    content_type: str


FORMATS: Mapping[str, Format] = {"csv": Format(csv_of, "text/csv; charset=utf-8"), "xlsx": Format(xlsx_of, XLSX)}


def _lines(found: Compared, table: Table) -> list[Row]:
    size, note = found.comparison.family.size, f"{DRAFT} {found.other.caveat}"
    lines = zip(by_table(found.comparison.lines, table.id), rows_of(found, table), strict=True)
    return [(*_line(line, words=row.sentence, size=size), note) for line, row in lines]


def _line(line: Tested, *, words: str, size: int) -> Row:
    pair, found = line.pair, line.difference
    tested = (None,) * 4 if found is None else (100 * found.difference, 100 * found.low, 100 * found.high, found.p)
    item = ", ".join(filter(None, (pair.panel, pair.label)))
    sides = (*_side(pair.ours), *_side(pair.theirs))
    return (item, "; ".join(pair.answers), *sides, *tested, line.adjusted, size if found else None, words)


def _side(side: Side | None) -> tuple[int | None, int | None, int | None]:
    return (None, None, None) if side is None else (side.count, side.base, side.percent)
