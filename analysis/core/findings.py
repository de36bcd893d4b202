"""Sentences whose numbers are cells: said anew from the tables, and withheld where the tables do not bear them out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from num2words import num2words

from analysis.core.cell_intervals import with_interval
from analysis.core.finding_tokens import BASE, COUNT, OF, PERCENT, FindingError, Token, parse, places
from analysis.core.national import Response, response_in
from analysis.core.percent import percent
from analysis.core.reliability import is_unstable
from analysis.core.table import CONFIDENTIAL, UNSTABLE, Cell, Table
from analysis.core.typed_words import typed_words
from analysis.core.whole_claims import speaks_of_all, why_not_of_all
from analysis.core.wording import is_borne_out


@dataclass(frozen=True, slots=True)
class Figure:
    """What a token found: how many of the base, or only a percentage where a comparator gives no more."""

    token: Token
    count: int | None
    base: int
    percent: int
    marker: str = ""
    where: str = ""  # the place in words


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence with its numbers, or the reasons for which it is withheld."""

    id: str
    text: str
    figures: tuple[Figure, ...]
    reasons: tuple[str, ...] = ()

    @property
    def is_withheld(self) -> bool:
        """Whether it may not be printed."""
        return bool(self.reasons)


def say(
    id_: str, text: str, *, tables: Iterable[Table], unit: str, boards: int | None = None, may_type: bool = False
) -> Finding:
    """Return the finding in words, its tokens filled from the tables; raises FindingError if a token leads nowhere.

    Where it is known how many boards there are, a share that stands on too little is marked. It is withheld if a cell
    has no figure, a figure is typed (but where it may be), a claim is not borne out by the unrounded share, a share
    stands without its base, or, where it is known how many boards there are, a claim is made of all that holds for
    those that answered alone. A number that begins the sentence is spelled out.
    """
    by_id = {table.id: table for table in tables}
    said: list[str] = []
    figures: list[Figure] = []
    reasons: list[str] = []
    parts = parse(text)
    for place, part in enumerate(parts):
        if isinstance(part, str):
            said.append(part)
            typed = () if may_type else typed_words(part)
            reasons += [f"“{words}” is typed, and nothing binds it to the tables." for words in typed]
            continue
        figure = figure_of(part, tables=by_id)
        if figure is None:
            reasons.append(f"{where_of(part, by_id[part.table])} has no figure in this wave.")
            said.append("…")
            continue
        figure = marked(figure, table=by_id[part.table], boards=boards)
        figures.append(figure)
        after = parts[place + 1] if place + 1 < len(parts) else ""
        if boards is not None and isinstance(after, str):
            reasons += overstated(figure, after=after, tables=by_id, unit=unit)
        said.append(in_words(figure, unit=unit, begins=not "".join(said).strip()))
    reasons += doubts(figures)
    return Finding(id_, "".join(said), tuple(figures), tuple(reasons))


def say_or_withhold(
    id_: str, text: str, *, tables: Iterable[Table], unit: str, boards: int | None = None, may_type: bool = False
) -> Finding:
    """Return the finding in words; withheld, with the reason, where a token leads nowhere in these tables.

    A release merges groups that are too small, so its tables may lack a row that the plan's own have.
    """
    try:
        return say(id_, text, tables=tables, unit=unit, boards=boards, may_type=may_type)
    except FindingError as error:
        return Finding(id_, "", (), (" ".join(filter(None, (error.message, error.hint))),))


def figure_of(token: Token, *, tables: Mapping[str, Table]) -> Figure | None:
    """Return what stands at the token, summed before it is rounded; None where a cell has no figure.

    Raises FindingError if there is no such table or cell, or if percentages without counts would have to be added.
    """
    table = tables.get(token.table)
    if table is None:
        raise FindingError(f"There is no table {token.table}.", f"The tables are {', '.join(tables)}.")
    cells = _cells_of(token, table)
    bases = {cell.base for cell in cells}
    if len(bases) > 1:
        raise FindingError(f"{token} adds cells of different bases.", "Add options of one item only.")
    found = _sum(token, cells)
    return found and replace(found, where=where_of(token, table))


def _cells_of(token: Token, table: Table) -> list[Cell]:
    rows, columns = [row.id for row in table.rows], [column.id for column in table.columns]
    return [table.cell(*place) for place in places(token, rows=rows, columns=columns)]


def where_of(token: Token, table: Table) -> str:
    """Return the place of a token with its table: “Table 8, There are enough services: Agree”."""
    return f"{table.name}, {place_of(token, table)}"


def place_of(token: Token, table: Table) -> str:
    """Return the row of a token with its panel and the column with its group, in the words of the table."""
    rows, columns = {row.id: row for row in table.rows}, {column.id: column for column in table.columns}
    found = places(token, rows=list(rows), columns=list(columns))
    down = " or ".join(dict.fromkeys(rows[each].label for each, _ in found))
    across = " or ".join(dict.fromkeys(columns[each].label for _, each in found))
    row, column = rows[found[0][0]], columns[found[0][1]]
    return ": ".join(part for part in (row.panel, down, column.group, across) if part)


def _sum(token: Token, cells: list[Cell]) -> Figure | None:
    base, counts = cells[0].base, [cell.count for cell in cells if cell.count is not None]
    if not base or any(cell.marker == CONFIDENTIAL for cell in cells):
        return None
    if len(counts) == len(cells):
        return Figure(token, sum(counts), base, percent(sum(counts), base))
    if len(cells) > 1:
        raise FindingError(f"{token} adds percentages that have no counts.", "Name one cell of the comparator.")
    return None if cells[0].percent is None else Figure(token, None, base, cells[0].percent)


def marked(figure: Figure, *, table: Table, boards: int | None) -> Figure:
    """Return the figure with its mark: that of the sum, which may be firmer or weaker than its parts.

    A response rate is a fact and bears none, as in its table. In a cross-table it is reckoned for the boards of its
    group, as in the table itself.
    """
    if boards is None or figure.count is None or table.kind == "response_rate":
        return figure
    if table.kind == "cross":
        return replace(figure, marker=_mark_in_group(figure, table))
    return replace(figure, marker=UNSTABLE if is_unstable(figure.count, n=figure.base, population=boards) else "")


def _mark_in_group(figure: Figure, table: Table) -> str:
    """That of the cell; of a sum, for as many boards as its cells are of, which nobody may know."""
    cells = _cells_of(figure.token, table)
    if len(cells) == 1:
        return cells[0].marker
    known = {each.interval.population if each.interval else None for each in cells}
    whole = Cell(count=figure.count, base=figure.base, percent=figure.percent)
    return with_interval(whole, population=known.pop() if len(known) == 1 else None).marker


def boards_behind(figure: Figure, *, table: Table, response: Response) -> int:
    """Return of how many boards the figure is a sample: all of them where it stands on every return, else none.

    A response rate is known of all boards. What one group answered says nothing about the silent of the others, and
    nobody knows of how many boards those are a part that routing asked.
    """
    if table.kind in {"response_rate", "cross"} or figure.base != response.returns:
        return 0
    return response.boards


def overstated(figure: Figure, *, after: str, tables: Mapping[str, Table], unit: str) -> list[str]:
    """Return why a claim with these words behind it may not be made, where they make it one of all boards."""
    if not figure.token.is_claim or figure.count is None or not speaks_of_all(after, unit=unit):
        return []
    response = response_in(tables.values())
    boards = boards_behind(figure, table=tables[figure.token.table], response=response) if response else 0
    found = why_not_of_all(
        figure.token.way, figure.count, base=figure.base, boards=boards, unit=unit, tables=tables.values()
    )
    return [found] if found else []


def doubts(figures: list[Figure]) -> list[str]:
    """Return why a sentence with these figures may not be said: a claim not borne out, a share without its base."""
    return [reason for figure in figures for reason in _not_borne_out(figure)] + _without_base(figures)


def in_words(figure: Figure, *, unit: str, begins: bool) -> str:
    """Return the figure as its token asks for it, spelled out where it begins a sentence, with its mark."""
    words = _unmarked(figure, unit=unit, begins=begins)
    shows_share = figure.token.is_claim or figure.token.way in (PERCENT, OF)
    return f"{words} {figure.marker}" if figure.marker and shows_share else words


def spelled(number: int) -> str:
    """Return the number as words that begin a sentence: “Ninety-one”."""
    return str(num2words(number, lang="en_GB")).capitalize()


def _unmarked(figure: Figure, *, unit: str, begins: bool) -> str:
    way, count = figure.token.way, figure.count

    def number(value: int) -> str:
        return spelled(value) if begins else f"{value:,}"

    if figure.token.is_claim:
        return way[:1].upper() + way[1:] if begins else way
    if way == PERCENT:
        return f"{number(figure.percent)} per cent" if begins else f"{figure.percent}%"
    if way == BASE:
        return number(figure.base)
    if count is None:
        return (
            f"{number(figure.percent)} per cent of {figure.base:,}"
            if begins
            else f"{figure.percent}% of {figure.base:,}"
        )
    return number(count) if way == COUNT else f"{number(count)} of {figure.base:,} {unit} ({figure.percent}%)"


def _not_borne_out(figure: Figure) -> list[str]:
    token, count = figure.token, figure.count
    if not token.is_claim:
        return []
    if count is None:
        return [f"“{token.way}” cannot be checked: {figure.where} has no count."]
    if is_borne_out(token.way, k=count, n=figure.base):
        return []
    return [f"{count} of {figure.base} ({figure.percent}%) is not “{token.way}”."]


def _without_base(figures: list[Figure]) -> list[str]:
    """A share or a claim needs its base said once in the sentence."""
    shares = [figure for figure in figures if figure.token.way == PERCENT or figure.token.is_claim]
    named = {figure.base for figure in figures if figure.token.way in (OF, BASE)}
    return [f"{figure.where} stands without its base." for figure in shares if figure.base not in named][:1]
