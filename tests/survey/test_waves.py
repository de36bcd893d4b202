"""A wave is a draft until its frame is frozen; whether it is a test never changes."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from survey.models import NoQuestionnaire, Wave
from tests.builders import NOW, wave

pytestmark = pytest.mark.django_db


def draft(slug: str = "next", *, is_test: bool = False) -> Wave:
    """A wave that nobody has opened."""
    return Wave.objects.create(
        slug=slug, title="Next", opens_at=NOW, closes_at=NOW + timedelta(days=9), is_test=is_test
    )


def test_a_draft_is_told_from_an_opened_wave_and_is_never_open() -> None:
    opened, prepared = wave(), draft()

    assert (opened.is_draft, prepared.is_draft) == (False, True)
    assert (list(Wave.objects.opened()), list(Wave.objects.drafts())) == ([opened], [prepared])
    assert (opened.is_open_at(NOW), prepared.is_open_at(NOW)) == (True, False)


def test_a_draft_asks_nothing_until_a_questionnaire_is_chosen_and_cannot_open_without() -> None:
    prepared = draft()

    with pytest.raises(NoQuestionnaire, match="No questionnaire is chosen for Next"):
        _ = prepared.questionnaire
    with pytest.raises(IntegrityError, match="wave_opens_with_a_questionnaire"), transaction.atomic():
        Wave.objects.update(opened_at=NOW)


def test_a_wave_is_compared_with_real_waves_that_opened_before_it() -> None:
    first = wave("first", opens_at=NOW - timedelta(days=400), closes_at=NOW - timedelta(days=380))
    wave("rehearsal", opens_at=NOW - timedelta(days=40), closes_at=NOW, is_test=True)
    draft()

    assert list(Wave.objects.earlier_than(wave())) == [first]


def test_the_database_refuses_to_make_a_real_wave_a_test_wave() -> None:
    wave()

    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        Wave.objects.update(is_test=True)
