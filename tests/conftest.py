"""What all tests share: repeatable examples, and each database's own tests kept to its own run."""

import os

import pytest
from hypothesis import settings

# The same examples on every machine; a slow one is no failure.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests that speak of the other database to the other run."""
    other = "sqlite" if os.environ["DATABASE_URL"].startswith("postgresql") else "postgresql"
    left = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]
