"""Tests of the findings of a plan: each leads to cells of its tables."""

from pathlib import Path

import pytest

from analysis.core.plan import Plan, load_plan
from survey.schema.document import load
from survey.schema.source import DocumentError

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[3]
PLANS = ROOT / "analysis" / "plans"
HINT = (
    "Its rows are very_positive, positive, mixed, negative, very_negative, not_specified, …; "
    "its columns frequency, percentage."
)
TEXT = (PLANS / "munro_2012.yaml").read_text(encoding="utf-8")


def loaded(text: str) -> Plan:
    questionnaire = load((ROOT / "survey" / "documents" / "munro_2012.yaml").read_text(encoding="utf-8"))
    files = {path.name: path.read_text(encoding="utf-8") for path in PLANS.iterdir() if path.is_file()}
    return load_plan(text, questionnaire=questionnaire, files=files)


def problems_of(text: str) -> list[tuple[str, str, str]]:
    with pytest.raises(DocumentError) as refusal:
        loaded(text)
    return [(problem.id, problem.message, problem.hint) for problem in refusal.value.problems]


def test_a_plan_has_its_findings_by_theme_and_may_have_none() -> None:
    start, end = TEXT.index("\nfindings:"), TEXT.index("\ntables:")
    assert [theme.theme for theme in loaded(TEXT).findings][:1] == ["Inter-agency working relationships"]
    assert loaded(TEXT[:start] + TEXT[end:]).findings == ()


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        (
            "id: sanctions",
            "id: willingness",
            ("P023", "The id willingness is used twice.", "Give each finding its own."),
        ),
        (
            "{table_9.T9-4.strongly_agree+agree:of}",
            "{table_9.T9-4.strongly_agree+agree",
            (
                "P024",
                "A brace is left open or closed twice.",
                "Write each number as {table_5.strongly_agree+agree:of}.",
            ),
        ),
        (
            "{table_9.T9-4.strongly_agree+agree:of}",
            "{table_19.T9-4.agree:of}",
            ("P025", "The plan has no table table_19.", 'Did you mean "table_9"?'),
        ),
        (
            "{table_6.very_positive+positive:of}",
            "{table_6.very_positive+glad:of}",
            (
                "P026",
                "table_6 has no cell “very_positive+glad”.",
                HINT,
            ),
        ),
    ],
)
def test_a_finding_that_leads_nowhere_is_named(right: str, wrong: str, problem: tuple[str, str, str]) -> None:
    assert right in TEXT
    assert problems_of(TEXT.replace(right, wrong)) == [problem]
