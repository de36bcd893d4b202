"""A plan is refused with every mistake in it: each with its id, place, line and a way out."""

import pytest

from analysis.core.plan import load_plan
from survey.schema.source import DocumentError, Problem
from tests.analysis.core.examples import FILES, PLAN, small_plan, small_questionnaire

pytestmark = pytest.mark.pure


def problems_of(text: str, files: dict[str, str] | None = None) -> tuple[Problem, ...]:
    with pytest.raises(DocumentError) as refusal:
        load_plan(text, questionnaire=small_questionnaire(), files={**FILES, **(files or {})})
    return refusal.value.problems


def line_of(text: str, part: str) -> int:
    return 1 + text[: text.index(part)].count("\n")


def test_plan_without_mistakes_loads_with_its_references() -> None:
    plan = small_plan()
    assert (plan.title, plan.unit, plan.source) == ("Tables of a small survey", "boards", "A small survey")
    assert [(spec.id, spec.kind, spec.chart) for spec in plan.specs] == [
        ("t1", "response_rate", None),
        ("t2", "ratings", "diverging"),
        ("t3", "frequency", None),
        ("t4", "statements", None),
    ]
    assert plan.comparators["before"].percents["t2", "understanding", "health", "good"] == 63
    assert plan.published is not None
    assert plan.published.returns == 4


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("{method: raking, margins: [region]}", "Raking is over two different margins; 1 are named here."),
        ("{method: raking, margins: [region, region]}", "Raking is over two different margins; 2 are named here."),
        (
            "{method: post_stratification, margins: [region, authority_type]}",
            "Post-stratification is by one margin; 2 are named here.",
        ),
    ],
)
def test_a_wish_for_weights_names_as_many_margins_as_its_method_takes(asked: str, message: str) -> None:
    (problem,) = problems_of(f"weighting: {asked}\n{PLAN}")
    assert (problem.id, problem.line, problem.message) == ("P030", 1, message)
    assert small_plan(f"weighting: {{method: raking, margins: [region, authority_type]}}\n{PLAN}").weighting
    assert small_plan().weighting is None


def test_plan_mistake_is_told_with_id_place_line_and_hint() -> None:
    text = PLAN.replace("item: C1.2", "item: C1.3")
    assert problems_of(text) == (
        Problem(
            "P005",
            "table t4, row S2",
            line_of(text, "C1.3"),
            "The questionnaire has no item C1.3.",
            'Did you mean "C1.2"?',
        ),
    )


@pytest.mark.parametrize(
    ("right", "wrong", "id_", "message"),
    [
        ("id: t4", "id: t3", "P001", "The id t3 is used twice."),
        ("number: 4", "number: 3", "P002", "The number 3 is used twice."),
        ("id: S2", "id: S1", "P003", "The id S1 is used twice."),
        ("id: fair", "id: good", "P003", "The id good is used twice."),
        ("id: trust", "id: understanding", "P003", "The id understanding is used twice."),
        ("id: south", "id: total", "P003", "The id total belongs to a row that every table of this kind has."),
        ("value: South", "value: North", "P004", "The value North is used twice."),
        ("item: A1", "item: A9", "P005", "The questionnaire has no item A9."),
        ("item: A1", "item: A2", "P006", "The item A2 has no scale to tabulate."),
        ("item: C1.2", "item: B1.health", "P007", "The item B1.health is on another scale than C1.1."),
        ("question: B2", "question: B9", "P008", "The questionnaire has no question B9."),
        ("question: B2", "question: C1", "P009", "The question C1 is not a battery of ratings."),
        ("[very_good, good]", "[very_good, god]", "P010", "The scale quality has no option god."),
        ("[poor]", "[poor, good]", "P011", "The option good is already counted in good."),
        ("[very_good, good]", "[good]", "P012", "The option very_good of the scale quality is not counted in any row."),
        ("table: t2, erratum", "table: t9, erratum", "P014", "The plan has no table t9."),
        ("comparator: before", "comparator: after", "P015", "The plan has no comparator after."),
        ("file: before.csv", "file: after.csv", "P016", "after.csv cannot be used: there is no such file."),
        ("file: printed.csv", "file: print.csv", "P016", "print.csv cannot be used: there is no such file."),
        ("errata: errata.yaml", "errata: e.yaml", "P016", "e.yaml cannot be used: there is no such file."),
        (
            "stratum: region",
            "stratum: county",
            "D011",
            "\"stratum\" must be 'authority_type' or 'region', not 'county'.",
        ),
        ("chart: diverging", "chart: pie", "D011", None),
        ("kind: frequency", "kind: frequencies", "D011", 'The kind "frequencies" is not known.'),
        ("unit: boards", "units: boards", "D009", 'The key "units" is not known here.'),
    ],
)
def test_plan_refuses_a_mistake_on_its_line(right: str, wrong: str, id_: str, message: str | None) -> None:
    start = PLAN.rindex(right)
    text = PLAN[:start] + wrong + PLAN[start + len(right) :]
    found = [problem for problem in problems_of(text) if problem.id == id_]
    assert found
    assert message in (None, *(problem.message for problem in found))
    if id_ != "P012" and "kind" not in right:  # what is missing, or of no kind, has no line of its own
        assert 1 + text[:start].count("\n") in [problem.line for problem in found]


@pytest.mark.parametrize(
    ("name", "right", "wrong", "id_", "message"),
    [
        ("before.csv", "63,8", "62.5,8", "P016", "before.csv cannot be used: line 2: “62.5” is not a whole number."),
        ("before.csv", "health,fair", "heath,fair", "P017", None),
        ("printed.csv", "t3,agree,freq", "t3,agre,freq", "P018", None),
        ("printed.csv", "count,3,3", "count,3,3.5", "P016", None),
        ("errata.yaml", "row: S1", "row: S9", "P019", None),
        ("errata.yaml", "[t4]", "[t9]", "P019", "The erratum E2 is about something that was not published: t9."),
        ("errata.yaml", "measure: percent", "measure: per cent", "D011", None),
    ],
)
def test_plan_refuses_a_mistake_in_its_files(name: str, right: str, wrong: str, id_: str, message: str | None) -> None:
    problems = problems_of(PLAN, {name: FILES[name].replace(right, wrong)})
    assert [problem.id for problem in problems] == [id_]
    assert message in (None, problems[0].message)


def test_plan_names_the_errata_file_in_the_place_of_its_problems() -> None:
    (problem,) = problems_of(PLAN, {"errata.yaml": FILES["errata.yaml"].replace("id: E2", "id: two")})
    assert problem.place == "errata.yaml, errata two"


def test_plan_tells_all_mistakes_at_once() -> None:
    text = PLAN.replace("item: A1", "item: A9").replace("[poor]", "[pour]").replace("file: before.csv", "file: b.csv")
    assert [problem.id for problem in problems_of(text)] == ["P016", "P012", "P010", "P005"]


def test_comparator_that_is_defined_twice_is_refused() -> None:
    start, end = PLAN.index("  - id: before"), PLAN.index("published:")
    text = PLAN[:end] + PLAN[start:end] + PLAN[end:]
    assert [problem.id for problem in problems_of(text)] == ["P013"]
