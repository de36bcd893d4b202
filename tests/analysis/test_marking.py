"""Which tables are exploratory: those of a plan that nobody recorded, as it reads now, before fieldwork closed."""

from datetime import timedelta

import pytest

from analysis.marking import DRAFT, UNPLANNED, plan_marks
from analysis.milestones.recording import record_plan
from survey.models import Wave
from tests.builders import NOW, wave

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LATER = NOW + timedelta(days=60)


def test_a_plan_that_was_not_recorded_is_exploratory() -> None:
    found = wave()
    assert plan_marks(found, now=NOW) == (DRAFT, UNPLANNED)
    assert plan_marks(found, now=LATER) == (UNPLANNED,)


def test_a_plan_recorded_before_closing_is_none() -> None:
    found = wave()
    record_plan(found, plan=found.plan, dated=NOW.date(), by=None, now=NOW)
    assert plan_marks(Wave.objects.get(), now=LATER) == ()
    record_plan(found, plan=found.plan, dated=NOW.date(), by=None, now=LATER)
    assert plan_marks(Wave.objects.get(), now=LATER) == ()  # the same words were recorded in time


def test_a_plan_recorded_after_closing_is_exploratory() -> None:
    found = wave()
    record_plan(found, plan=found.plan, dated=NOW.date(), by=None, now=LATER)
    assert plan_marks(Wave.objects.get(), now=LATER) == (UNPLANNED,)
