"""A table that is taken away by itself is held against what was released."""

import pytest

from analysis.core.cross import Cross
from analysis.core.cross_protection import protected
from analysis.core.plan_document import CrossSpec, StratumRow
from analysis.core.release.earlier import Earlier
from analysis.core.release.groups import EVERYONE, Group
from analysis.core.release.known import Withheld, too_close, withheld, without_rows
from analysis.core.shape import Place
from analysis.core.table import Table
from analysis.core.tabulate import tabulate
from tests.analysis.core.examples import POPULATION, cube_of, small_plan, small_questionnaire

pytestmark = pytest.mark.pure

NORTHERN = Group("region", "Northern", ("North", "West"))
BASES = {EVERYONE: 60, NORTHERN.name: 40}
LEVELS = tuple(StratumRow(id=name.lower(), label=name, value=name) for name in ("North", "South", "West"))
BY_REGION = CrossSpec(id="x", number=1, title="X", stub="Region", kind="cross", item="A1", by="region", rows=LEVELS)
BY_ITEM = BY_REGION.model_copy(update={"by": "C1.1", "rows": ()})


def release(*hidden: str) -> Earlier:
    return Earlier(1, "d", (NORTHERN,), BASES, frozenset(hidden))


def found(spec: CrossSpec, *hidden: str) -> Withheld:
    return withheld(Cross(spec, small_questionnaire()), earlier=[release(*hidden)])


def table() -> Table:
    counts = {"North": (20, 10, 10), "South": (12, 8, 5), "West": (9, 9, 9)}
    answers = ("agree", "neither", "disagree")
    rows = [
        {"authority_type": "County", "region": region, "A1": answer}
        for region, numbers in counts.items()
        for answer, number in zip(answers, numbers, strict=True)
        for _ in range(number)
    ]
    cube = cube_of(rows, questionnaire=small_questionnaire())
    return tabulate(cube, population=POPULATION, spec=BY_REGION, plan=small_plan())


@pytest.mark.parametrize(
    ("hidden", "places"),
    [
        ("A1 = 1 @ region: North + West", {("north", "agree"), ("west", "agree")}),
        (
            "A1 = 1, 2 @ region: North + West",
            {(row, cell) for row in ("north", "west") for cell in ("agree", "neither")},
        ),
        ("A1 = -99, -98, -97 @ region: North + West", set()),
        ("A1 = 1 @ region: South", set()),  # no group of that release
        ("C1.1 = 1 @ region: North + West", set()),
    ],
)
def test_what_was_hidden_of_a_merged_group_or_of_answers_together_is_hidden_in_its_parts(
    hidden: str, places: set[Place]
) -> None:
    assert found(BY_REGION, hidden) == Withheld(frozenset(places))


def test_two_items_together_have_the_name_that_the_release_gave_them() -> None:
    assert found(BY_ITEM, "A1 = 3 & C1.1 = 1 @ England").places == {("agree", "disagree")}


def test_a_level_whose_returns_were_hidden_tells_nothing_and_not_its_base() -> None:
    told = found(BY_REGION, "returns @ region: West")
    assert told.rows == {"west"}
    safe = without_rows(protected(table(), also=told.places), told.rows)
    assert {(cell.count, cell.base, cell.marker) for (row, _), cell in safe.cells.items() if row == "west"} == {
        (None, None, "[c]")
    }


def test_what_is_hidden_besides_cannot_be_worked_out_from_the_totals() -> None:
    assert not any(cell.marker == "[c]" for cell in table().cells.values())
    hidden = [
        place for place, cell in protected(table(), also={("north", "agree")}).cells.items() if cell.marker == "[c]"
    ]
    assert ("north", "agree") in hidden
    rows, columns = (len({place[axis] for place in hidden}) for axis in (0, 1))
    assert (rows, columns) == (2, 2)
    assert len(hidden) == 4


def test_groups_that_differ_by_a_few_boards_from_released_ones_are_refused() -> None:
    def faults(**returns: int) -> list[str]:
        named = {f"region: {level}": size for level, size in returns.items()}
        return list(too_close("region", returns={EVERYONE: 60} | named, earlier=[release()]))

    assert faults(North=20, South=20, West=20) == []
    (fault,) = faults(North=36, South=20, West=4)
    assert fault.startswith("North has 36 returns here, Northern had 40 in release 1: what 4 boards answered")
    assert fault.endswith("Take the figures of that release instead, or choose another breakdown.")
    (fault,) = too_close("", returns={EVERYONE: 57}, earlier=[release()])
    assert fault.startswith("England has 57 returns here, England had 60")
