"""What all tests share: a folder, repeatable examples, and each database's own tests kept to its own run."""

import os
import shutil

import hypothesis
import pytest
from django.conf import settings

# The same examples on every machine; a slow one is no failure.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("repeatable")


def pytest_configure() -> None:
    """A folder of this process's own, for its SQLite file."""
    settings.SCRATCH.mkdir(exist_ok=True)


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(settings.SCRATCH, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests that speak of the other database to the other run."""
    others = ("sqlite", "once") if os.environ["DATABASE_URL"].startswith("postgresql") else ("postgresql",)
    left = [item for item in items if any(item.get_closest_marker(other) for other in others)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]
