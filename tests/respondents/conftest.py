"""What the rooms of respondents meet in their tests."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.kept import kept
from tests.respondents.together.conftest import Team, gather


@pytest.fixture(scope="module")
def team_gathered_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Team]:
    with kept(gather, django_db_blocker) as team:
        yield team
