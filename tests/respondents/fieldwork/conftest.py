"""A draft wave that lacks nothing, and the researcher who runs it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Role, User
from analysis.milestones.recording import record_plan
from respondents.fieldwork.drafting import (
    check_frame,
    choose_questionnaire,
    decide_signature,
    hold_approvals,
    note_test,
    set_dates,
    start_draft,
)
from survey.models import Wave
from tests.builders import person, published, two_boards


@pytest.fixture
def runner() -> User:
    """A researcher."""
    return person("runner@example.org", role=Role.RESEARCHER)


@pytest.fixture
def prepared(runner: User) -> Callable[..., Wave]:
    """Makes a draft that may be opened."""

    def prepare(slug: str = "next", *, is_test: bool = False) -> Wave:
        now = timezone.now()
        two_boards()
        wave = start_draft(slug, title="The next survey", is_test=is_test, by=runner, now=now)
        choose_questionnaire(wave, version=published(), by=runner, now=now)
        set_dates(wave, opens_at=now - timedelta(hours=1), closes_at=now + timedelta(days=20), by=runner, now=now)
        check_frame(wave, boards=["barnet"], by=runner, now=now)
        decide_signature(wave, is_wanted=True, by=runner, now=now)
        note_test(wave, note="Answered on a telephone.", by=runner, now=now)
        held = {"star_chamber_reference": "SC/1", "adcs_reference": "A/2", "burden_minutes": 90}
        held |= {
            "dpia_date": date(2012, 1, 5),
            "dpia_owner": "Ann",
            "privacy_version": "3",
            "privacy_date": date(2012, 1, 9),
        }
        hold_approvals(wave, held=held, by=runner, now=now)
        if not is_test:
            record_plan(wave, plan="munro_2012", dated=date(2012, 1, 20), by=runner, now=now)
        return Wave.objects.get(pk=wave.pk)

    return prepare
