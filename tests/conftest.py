"""What all tests share: a folder, repeatable examples, and each database's own tests kept to its own run."""

import gc
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from tests.pattern import SHARED, own_database
from tests.site import load_once

ON_POSTGRESQL = os.environ["DATABASE_URL"].startswith("postgresql")
LEFT_TO_SQLITE = re.compile(r"^pytestmark = \[?pytest\.mark\.(?:pure|once|sqlite)\b", re.MULTILINE)

# The same examples on every machine; a slow one is no failure.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("repeatable")


def pytest_configure(config: pytest.Config) -> None:
    """A folder of this process's own, for its SQLite file; that of the first process is shared by those it starts."""
    shutil.rmtree(settings.SCRATCH, ignore_errors=True)  # another's who had this number and was killed
    settings.SCRATCH.mkdir()
    if not hasattr(config, "workerinput"):
        os.environ[SHARED] = str(settings.SCRATCH)
    load_once()


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(settings.SCRATCH, ignore_errors=True)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What is left to another run is not even imported: the journeys, and on PostgreSQL what is wholly SQLite's."""
    if collection_path.name == "journeys":
        return True if "not journey" in config.option.markexpr else None
    if not ON_POSTGRESQL or not collection_path.name.startswith("test_"):
        return None
    return True if LEFT_TO_SQLITE.search(collection_path.read_text("utf-8")) else None


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not walk over it, nor look so often for the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests that speak of the other database to the other run."""
    others = ("sqlite", "once") if ON_POSTGRESQL else ("postgresql",)
    left = [item for item in items if any(item.get_closest_marker(other) for other in others)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, django_db_modify_db_settings: None
) -> Iterator[None]:
    """What pytest-django calls by this name, for processes that share their tables."""
    with django_db_blocker.unblock():
        database = own_database()
        database.__enter__()
    yield
    with django_db_blocker.unblock():
        database.__exit__(None, None, None)
