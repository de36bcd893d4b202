"""Tests of the comparison of those who answered with all who could have: worked examples W65 and W66."""

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.core.representativeness import compare_returns

pytestmark = pytest.mark.pure

EXAMPLES = Path(__file__).resolve().parents[2] / "golden" / "data" / "worked_examples.json"


def example(id_: str) -> dict[str, Any]:
    content = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    examples = content if isinstance(content, list) else content["examples"]
    (found,) = (one for one in examples if one["id"] == id_)
    return dict(found)


def test_by_type_the_returns_are_as_chance_would_have_them() -> None:
    worked = example("W65")
    found = compare_returns(worked["inputs"]["returns"], eligible=worked["inputs"]["population"])
    assert found is not None
    assert found.statistic == pytest.approx(worked["expected"]["X2"], abs=1e-6)
    assert found.degrees == worked["expected"]["df"]
    assert found.p == pytest.approx(worked["expected"]["exact_p"], abs=0.006)
    assert not found.differs


def test_by_region_they_are_not_and_the_residuals_say_where() -> None:
    worked = example("W66")
    found = compare_returns(worked["inputs"]["returns"], eligible=worked["inputs"]["population"])
    assert found is not None
    assert found.statistic == pytest.approx(worked["expected"]["X2"], abs=1e-4)
    assert found.p == pytest.approx(worked["expected"]["monte_carlo_p"], abs=0.001)
    assert found.residuals == pytest.approx(worked["expected"]["adjusted_residuals"], abs=1e-4)
    assert found.differs


@pytest.mark.parametrize(("returns", "eligible"), [([], []), ([3], [5]), ([0, 0], [2, 3]), ([2, 3], [2, 3])])
def test_nothing_is_said_where_there_is_nothing_to_compare(returns: list[int], eligible: list[int]) -> None:
    assert compare_returns(returns, eligible=eligible) is None


def test_the_same_returns_give_the_same_p() -> None:
    assert compare_returns([3, 9], eligible=[10, 12]) == compare_returns([3, 9], eligible=[10, 12])
