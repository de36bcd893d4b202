"""The length of the list is known from what was counted: it is the same as if the list were counted."""

import pytest

from analysis.monitoring.boards import boards_of, known_count
from analysis.monitoring.figures import figures_of
from survey.models import Wave
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def test_what_is_known_is_what_would_be_counted(munro: Wave) -> None:
    figures = figures_of(munro, now=NOW)

    for wanted in (
        {},
        {"state": "missing"},
        {"state": "submitted", "region": "South East"},
        {"state": "waiting"},
        {"authority_type": "County", "region": "North West", "name": ""},
    ):
        assert known_count(figures, wanted) == boards_of(munro, wanted, figures=figures).count()
    assert known_count(figures, {"name": "x"}) is None
