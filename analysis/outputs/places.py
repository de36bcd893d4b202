"""What a figure of a table is about, in words: the question or group, the answer, and whose survey it is of."""

from dataclasses import dataclass

from analysis.core.table import ROWS_ARE_ANSWERS, Column, Row, Table


@dataclass(frozen=True, slots=True)
class Place:
    """The question or group, the answer to it, and the survey where there is more than one."""

    item: str
    category: str
    survey: str = ""


def place_of(table: Table, row: Row, column: Column) -> Place:
    """Return the words of a place: agencies stand over the columns of ratings, answers over those beside a survey."""
    if table.kind in ROWS_ARE_ANSWERS:
        return Place(table.title, row.label)
    if table.kind == "ratings":
        return Place(f"{row.panel}: {column.group}", row.label, column.label)
    item = ": ".join(word for word in (row.panel, row.label) if word)
    return Place(item, column.group, column.label) if column.group else Place(item, column.label)
