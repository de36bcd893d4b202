"""The length of the list is known from what was counted: it is the same as if the list were counted."""

import pytest

from analysis.monitoring.boards import boards_of, known_count
from analysis.monitoring.figures import figures_of
from respondents.returns.importing import import_returns
from tests.builders import NOW, RETURNS, wave, whole_register

pytestmark = pytest.mark.django_db


def test_what_is_known_is_what_would_be_counted() -> None:
    whole_register()
    found = wave()
    import_returns(found, RETURNS.read_bytes(), now=NOW)
    figures = figures_of(found, now=NOW)

    for wanted in (
        {},
        {"state": "missing"},
        {"state": "submitted", "region": "South East"},
        {"state": "waiting"},
        {"authority_type": "County", "region": "North West", "name": ""},
    ):
        assert known_count(figures, wanted) == boards_of(found, wanted, figures=figures).count()
    assert known_count(figures, {"name": "x"}) is None
