"""Tables with what a file says before them: all that any format is made from."""

from dataclasses import dataclass
from datetime import date

from analysis.core.table import Table


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands before the tables: whose they are, of what day, and what must be known of them.

    `made` is the day in the properties of a file, so that the same tables give the same bytes.
    """

    title: str
    made: date
    author: str
    facts: tuple[tuple[str, str], ...] = ()
    notices: tuple[str, ...] = ()
    language: str = "en-GB"


@dataclass(frozen=True, slots=True)
class TableSet:
    """Tables that go into one file, in order."""

    tables: tuple[Table, ...]
    cover: Cover

    @property
    def marks(self) -> tuple[str, ...]:
        """What every copy must say: of the tables, each once."""
        return tuple(dict.fromkeys(mark for table in self.tables for mark in table.marks))
