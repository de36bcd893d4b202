"""Don't know, refused, blank and not asked stay four different things."""

import pytest

from survey.schema.answers import Value
from survey.schema.document import load
from survey.schema.tally import Tally, tally
from tests.respondents.portal.conftest import KINDS

pytestmark = pytest.mark.pure

FIRST = "      - {code: A1,"
DOCUMENT = KINDS.replace(FIRST, f"      - {{code: A0, kind: single_choice, wording: Is it so?, scale: yesno}}\n{FIRST}")


def test_tally_counts_each_sort_apart() -> None:
    found = tally(load(DOCUMENT), {"A0": -6, "A1": "3", "A3": 2, "B1": "Because"})

    assert found == Tally(given=3, dont_know=0, refused=1, blank=2, not_asked=1)
    assert str(found) == "1 “I do not want to answer”, 2 left open, 1 not asked"


def test_tally_of_stored_codes_is_that_of_the_values_they_stand_for() -> None:
    stored: dict[str, Value] = {"A0": -9, "A1": "3", "A3": -8}
    assert tally(load(DOCUMENT), stored) == Tally(given=1, dont_know=1, refused=0, blank=3, not_asked=2)


def test_tally_of_a_whole_return_needs_no_words() -> None:
    whole: dict[str, Value] = {"A0": 1, "A1": "3", "A2": "2012-02-03", "A3": 1, "A4": "Much", "B2": "No"}
    assert str(tally(load(DOCUMENT), whole)) == "1 not asked"
