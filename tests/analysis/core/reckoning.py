"""The tables reckoned a second way, from option codes and a plan's bare YAML: Counter and Fraction, no cube."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import Any

from ruamel.yaml import YAML

from analysis.core.shape import Population
from survey.schema.document import Questionnaire

Figure = tuple[str, str, str, str]
Rows = Sequence[Mapping[str, str]]

MISSING = ("", "refused", "not_asked")


def half_up(part: int, whole: int) -> int | None:
    return floor(Fraction(100 * part, whole) + Fraction(1, 2)) if whole else None


def reckon(rows: Rows, *, plan: str, questionnaire: Questionnaire, population: Population) -> dict[Figure, int | None]:
    """Return every figure of this survey (no comparator) by table, row, column and measure."""
    figures: dict[Figure, int | None] = {}
    for table in YAML(typ="safe", pure=True).load(plan)["tables"]:
        for (row, column, measure), value in KINDS[table["kind"]](rows, table, questionnaire, population):
            figures[table["id"], row, column, measure] = value
    return figures


Spec = dict[str, Any]  # a table of the plan as YAML gives it
Line = tuple[tuple[str, str, str], int | None]


def _response(rows: Rows, table: Spec, questionnaire: Questionnaire, population: Population) -> Iterator[Line]:
    stratum = table["stratum"]
    found = Counter(row.get(stratum, "") for row in rows)
    boards, authorities = population.boards[stratum], population.authorities[stratum]
    groups = [(row["id"], found[row["value"]], row["value"]) for row in table["rows"]]
    for row, returns, value in groups:
        yield from _response_line(row, returns, authorities.get(value, 0), boards.get(value, 0), len(rows))
    yield from _response_line("total", len(rows), sum(authorities.values()), sum(boards.values()), len(rows))
    yield ("not_specified", "returns", "count"), found[""]
    yield ("not_specified", "share_of_returns", "percent"), half_up(found[""], len(rows))
    for column, measure in (
        ("eligible_authorities", "count"),
        ("response_rate", "percent"),
        ("eligible_boards", "count"),
        ("response_rate_boards", "percent"),
    ):
        yield ("not_specified", column, measure), None


def _response_line(row: str, returns: int, authorities: int, boards: int, everyone: int) -> Iterator[Line]:
    yield (row, "returns", "count"), returns
    yield (row, "eligible_authorities", "count"), authorities
    yield (row, "response_rate", "percent"), half_up(returns, authorities)
    yield (row, "eligible_boards", "count"), boards
    yield (row, "response_rate_boards", "percent"), half_up(returns, boards)
    yield (row, "share_of_returns", "percent"), half_up(returns, everyone)


def _answers(rows: Rows, item: str) -> Counter[str]:
    return Counter("not_specified" if row.get(item, "") in MISSING else row[item] for row in rows)


def _categories(questionnaire: Questionnaire, item: str) -> list[str]:
    scale = questionnaire.items[item].scale
    assert scale is not None
    return [*(option.code for option in scale.options), "not_specified"]


def _frequency(rows: Rows, table: Spec, questionnaire: Questionnaire, population: Population) -> Iterator[Line]:
    answers = _answers(rows, table["item"])
    answers["total"] = len(rows)
    for category in [*_categories(questionnaire, table["item"]), "total"]:
        yield (category, "frequency", "count"), answers[category]
        yield (category, "percentage", "percent"), half_up(answers[category], len(rows))


def _statements(rows: Rows, table: Spec, questionnaire: Questionnaire, population: Population) -> Iterator[Line]:
    for row in table["rows"]:
        answers = _answers(rows, row["item"])
        answers["total"] = len(rows)
        for category in [*_categories(questionnaire, row["item"]), "total"]:
            yield (row["id"], category, "count"), answers[category]
            yield (row["id"], category, "percent"), half_up(answers[category], len(rows))


def _ratings(rows: Rows, table: Spec, questionnaire: Questionnaire, population: Population) -> Iterator[Line]:
    for panel in table["panels"]:
        for item in (code for code in questionnaire.items if code.startswith(f"{panel['question']}.")):
            column = f"{item.partition('.')[2]}.{table['survey']['id']}"
            answers = _answers(rows, item)
            sums = {one["id"]: sum(answers[option] for option in one["options"]) for one in table["rows"]}
            for rating, number in {**sums, "not_specified": answers["not_specified"]}.items():
                yield (f"{panel['id']}.{rating}", column, "count"), number
                yield (f"{panel['id']}.{rating}", column, "percent"), half_up(number, len(rows))


KINDS: Mapping[str, Callable[[Rows, Any, Questionnaire, Population], Iterator[Line]]] = {
    "response_rate": _response,
    "frequency": _frequency,
    "statements": _statements,
    "ratings": _ratings,
}
