"""What may stand in the text of this wave's report: blocks, facts, and the token of every cell, found by words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from analysis.core.document.directives import DIRECTIVES
from analysis.core.document.material import Material
from analysis.outputs.report_material import material_of
from analysis.reporting import sources_for_team
from analysis.templating.pages import address
from survey.models import Wave

SHOWN = 60


@dataclass(frozen=True)
class Copyable:
    """What to write, and what it stands for."""

    example: str
    words: str
    also: str = ""  # what it is found by beside these

    @property
    def searched(self) -> str:
        """All it is found by, without capitals."""
        return f"{self.example} {self.words} {self.also}".casefold()


@dataclass(frozen=True)
class WordsPage:
    """What was found, and how much of it is shown."""

    wave: Wave
    query: str
    said: str
    found: tuple[Copyable, ...]
    edit_url: str


def words_page(wave: Wave, *, query: str, now: datetime) -> WordsPage:
    """Everything whose example or words hold each word of the query; without one, all but single cells."""
    material = material_of(sources_for_team(wave, now=now))
    wanted = query.casefold().split()
    known = [*_blocks(material), *_facts(material), *(_cells(material) if wanted else ())]
    found = [each for each in known if all(word in each.searched for word in wanted)]
    return WordsPage(
        wave, query, _said(len(found), query), tuple(found[:SHOWN] if wanted else found), address("edit", wave)
    )


def _said(count: int, query: str) -> str:
    if not query.strip():
        return "Blocks and facts. Look for a word to find the numbers of single cells too."
    if not count:
        return f"Nothing has “{query}” in it. Look for one word of the table’s title, its row or its column."
    return f"{count} found; the first {SHOWN} are shown." if count > SHOWN else f"{count} found."


def _blocks(material: Material) -> Iterator[Copyable]:
    for name in ("notice", "if", "unless", "left-out"):
        each = DIRECTIVES[name]
        yield Copyable(f"{each.example}\n…\n:::" if each.is_container else each.example, f"Block: {name}")
    for table, exhibit in material.by_id.items():
        yield Copyable(
            f"::: table {table}", f"{exhibit.table.name}: {exhibit.short}" if exhibit.table.number else exhibit.short
        )
        if exhibit.chart:
            yield Copyable(f"::: chart {table}", f"Chart of table {exhibit.table.number}: {exhibit.short}")
    yield from (Copyable(f"::: finding {each}", f"Finding: {text}") for each, text in material.findings.items())
    yield from (Copyable(f"::: quotes {each}", f"Quotes on {each}") for each in material.items)
    for name, found in material.pictures.items():
        yield Copyable(f"::: picture {name}", f"Picture: {found.title or found.picture.words}")
    yield from (Copyable(f"::: part {each}", f"Part: {each}") for each in material.parts)


def _facts(material: Material) -> Iterator[Copyable]:
    yield from (Copyable(f"{{{name}}}", f"Prints: {words}") for name, words in material.facts.items())


def _cells(material: Material) -> Iterator[Copyable]:
    for id_, table in material.tables.items():
        for row, column, _ in table.walk():
            words = f"{table.name}, {row.label}, {column.label}"
            yield Copyable(f"{{{id_}.{row.id}.{column.id}:of}}", words, table.title)
