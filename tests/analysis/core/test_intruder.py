"""Linear programming recovers nothing that is protected: 60 random tables here, 1,000 by `bench/disclosure.py`."""

import pytest

from tests.analysis.core.intruder import recovered

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_no_protected_cell_of_random_tables_is_recovered(first: int) -> None:
    assert [line for seed in range(first, first + 20) for line in recovered(seed)] == []
