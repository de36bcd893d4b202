"""What a template is filled from: tables, facts, findings, approved quotes, and parts that its maker has made."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.core.document.blocks import Block, Cover, PictureBlock, Quotes
from analysis.core.plan_document import ChartKind
from analysis.core.table import Table


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A table with its short title and the kind of its chart; `beside` is printed right behind it: it weighted."""

    table: Table
    short: str
    chart: ChartKind | None = None
    beside: "Exhibit | None" = None


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a report of one wave may say.

    `unit` is what is counted, in the plural; `boards` how many there are, for the mark of low reliability. `absent`
    holds the ids of tables that the plan has and this report may not print, each with the reason as the end of a
    sentence (“is withheld from this release”). `facts` are words for {braces}, `findings` sentences with tokens, both
    by name. `quotes` are approved ones by item, `items` all items that words were asked for. `parts` are lists of
    blocks for `::: part`; one that is empty is a part that has nothing to say. `pictures` are those that were sent in
    for the report, by name.
    """

    unit: str
    cover: Cover
    exhibits: tuple[Exhibit, ...] = ()
    boards: int | None = None
    dates: str = ""
    absent: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    quotes: Mapping[str, Quotes] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    parts: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    pictures: Mapping[str, PictureBlock] = field(default_factory=dict)

    @property
    def by_id(self) -> dict[str, Exhibit]:
        """The exhibits by the ids of their tables."""
        return {each.table.id: each for each in self.exhibits}

    @property
    def tables(self) -> dict[str, Table]:
        """The tables by id."""
        return {each.table.id: each.table for each in self.exhibits}
