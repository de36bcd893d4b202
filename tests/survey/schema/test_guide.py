"""The researcher's guide to the format cannot go stale: its example loads and its ids are those the check knows."""

import re
from pathlib import Path
from typing import get_args

import pytest

from survey.schema.codes import QuestionKind
from survey.schema.document import load

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "questionnaire-format.md").read_text(encoding="utf-8")


def test_example_of_the_guide_loads_and_shows_every_kind() -> None:
    questionnaire = load(GUIDE.split("```yaml\n")[1].split("```")[0])

    assert {question.kind for question in questionnaire.questions} == set(get_args(QuestionKind))
    assert list(questionnaire.items) == [
        *("A2", "A2.details", "A3", "A4"),
        *("B1.health", "B1.police", "B2.1", "B2.2", "B3", "B3.details", "B4", "B5"),
    ]


def test_guide_lists_every_problem_once() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "survey" / "schema").glob("*.py"))
    listed = re.findall(r"\b[DQ]0\d\d\b", GUIDE)

    assert sorted(listed) == sorted(set(re.findall(r'"([DQ]0\d\d)"', source)))


def test_guide_describes_every_kind() -> None:
    described = re.findall(r"^\| `(\w+)` \|", GUIDE, flags=re.MULTILINE)

    assert described == list(get_args(QuestionKind))
