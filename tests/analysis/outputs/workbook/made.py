"""The ten tables as workbooks, made once."""

from dataclasses import replace
from datetime import date
from functools import cache

from analysis.core.table import Table
from analysis.outputs.formats import FORMATS
from analysis.outputs.table_set import Cover, TableSet
from tests.golden import published as golden

INVENTED = "Demonstration: all answers are invented."
FACTS = (("Survey", "Munro"), ("Answers given", "3 February 2012 to 2 March 2012"), ("Contact", "team@example.org"))
COVER = Cover("Survey of chairs", date(2012, 5, 14), "A department", FACTS, (INVENTED,))
MARK = "Draft: fieldwork is still open."
TABLES = tuple(replace(table, marks=(MARK,)) for table in golden.tables())
NAMES = ["Cover", "Contents", "Notes", *(f"Table {number}" for number in range(1, 11)), "Intervals"]


def made(tables: tuple[Table, ...] = TABLES, cover: Cover = COVER) -> dict[str, bytes]:
    return {name: FORMATS[name].render(TableSet(tables, cover)) for name in ("xlsx", "ods")}


@cache
def content() -> dict[str, bytes]:
    return made()
