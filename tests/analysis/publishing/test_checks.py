"""The lint holds a sign-off up where something is stale or not so, and not for what may only be so."""

from datetime import UTC, datetime, timedelta

import pytest

from analysis.disclosing.models import Release
from analysis.publishing.checks import page_checks
from analysis.publishing.models import Wording
from analysis.publishing.said import Said, faults_in, say_words, typed_by_hand
from tests.analysis.publishing import examples

pytestmark = pytest.mark.pure
AGREE = "{answers.agree:of} agree."
NOW = datetime(2012, 3, 5, tzinfo=UTC)
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
    made = typed_by_hand(
        Wording(summary=f"About two thirds agree, 78%. {AGREE}", methods="M", quality="44 boards did.")
    )
    assert [words.partition("”")[0] for words in made] == [
        "The words of the summary say “78%",
        "The words of the summary say “About two thirds",
        "The quality notes say “44 boards",
    ]


def said(summary: str, *, older: bool = False, **counts: int) -> Said:
    written = NOW - timedelta(days=1) if older else NOW
    wording = Wording(summary=summary, methods="M", quality="Q", written_at=written)
    release = Release(number=2, prepared_at=NOW)
    return say_words(wording, examples.tables(**counts), release=release, unit="boards", boards=148)


def test_the_words_of_the_page_say_what_its_tables_say() -> None:
    assert said(f"{AGREE}\n\nMore.").summary == ("Forty of 57 boards (70%) agree.", "More.")
    assert said(AGREE, older=True, agree=39, disagree=18).summary == ("Thirty-nine of 57 boards (68%) agree.",)
    assert said(AGREE, older=True).problems == said(AGREE).hints == ()
    stale = said("{answers.maybe:of} agree.").problems
    assert stale[0].startswith("The words of the summary: ")
    assert next(faults_in("{answers.agree:of agree.")).startswith("A brace is left open")


def test_figures_that_are_typed_and_older_than_the_release_hold_an_edition_up() -> None:
    assert (len(said("70% agree.").hints), said("70% agree.").problems) == (1, ())
    old = said("70% agree.", older=True)
    assert old.hints == ()
    assert "older than release 2: read them beside its tables" in old.problems[0]
