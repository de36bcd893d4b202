"""The lint holds a sign-off up where something is stale or not so, and not for what may only be so."""

import pytest

from analysis.publishing.checks import page_checks
from analysis.publishing.models import Wording
from analysis.publishing.wording import typed_by_hand

pytestmark = pytest.mark.pure
PAGE = {
    "response": "R",
    "non_response": ["N"],
    "contact": {"name": "N", "email": "E"},
    "methods": ["M"],
    "quality": ["Q"],
    "independence": "I",
    "plan": "P",
}


@pytest.mark.parametrize(
    ("lint", "hints", "state"),
    [([], [], "Passes"), ([], ["H"], "Look at it"), (["E"], ["H"], "Fails")],
)
def test_errors_of_the_lint_fail_and_hints_do_not(lint: list[str], hints: list[str], state: str) -> None:
    found = {check.name: check.state for check in page_checks({**PAGE, "lint": lint, "hints": hints})}
    assert found.pop("Lint of the report") == state
    assert set(found.values()) == {"Passes"}


def test_figures_in_the_words_of_the_page_are_told() -> None:
    made = typed_by_hand(Wording(summary="About two thirds agree, 78%.", methods="M", quality="44 boards did."))
    assert [words.partition("”")[0] for words in made] == [
        "The words of the summary say “78%",
        "The words of the summary say “About two thirds",
        "The quality notes say “44 boards",
    ]
