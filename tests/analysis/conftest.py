"""The wave of 2012 with its 57 invented returns."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from respondents.returns.importing import import_returns
from survey.models import Wave
from tests.builders import NOW, RETURNS, wave, whole_register
from tests.kept import kept


def answered_wave() -> Wave:
    """Made anew: for tests that commit."""
    whole_register()
    made = wave()
    import_returns(made, RETURNS.read_bytes(), now=NOW)
    return made


@pytest.fixture(scope="module")
def munro_made_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Wave]:
    with kept(answered_wave, django_db_blocker) as made:
        yield made


@pytest.fixture
def munro(munro_made_once: Wave, db: None) -> Wave:
    """As the database has it at the beginning of the test."""
    return Wave.objects.get(pk=munro_made_once.pk)
