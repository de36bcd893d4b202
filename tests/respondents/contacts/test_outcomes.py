"""Outcomes: one for each board of the frame, in a fixed number of queries, and overridden only with a reason."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from accounts.outbox.models import Message, MessageKind, MessageState
from respondents.contacts.disposition import Disposition
from respondents.contacts.models import CameOfIt, ContactEntry, ContactSettings, OutcomeDecision
from respondents.contacts.outcomes import outcomes_of, standing_words
from respondents.register.appointing import appoint, correct_appointment, stands_as
from respondents.register.editing import change_person
from respondents.register.models import Appointment
from respondents.returns.importing import import_returns
from respondents.returns.models import Return
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from tests.builders import NOW, RETURNS, chair, person, return_of, wave, whole_register

pytestmark = pytest.mark.django_db


@pytest.fixture
def barnet() -> Return:
    found = return_of("barnet", in_wave=wave())
    assert found.board
    chair(found.board)
    return found


def outcome(found: Return) -> Disposition:
    return outcomes_of(found.wave, now=NOW)[found.pk].disposition


def noted(found: Return, came_of_it: CameOfIt, *, days: int = 0) -> None:
    at = NOW + timedelta(days=days)
    ContactEntry.objects.create(
        survey_return=found, kind="call", came_of_it=came_of_it, by=person("team@example.org"), at=at
    )


def test_a_board_goes_from_never_opened_to_what_it_sent(barnet: Return) -> None:
    walk = [outcome(barnet)]
    User.objects.update(last_login=NOW)
    walk.append(outcome(barnet))
    ann = User.objects.get(email="chair@example.org")
    save_answers(barnet, Sending(0, {"C1": 1}), person=ann, now=NOW)
    walk.append(outcome(barnet))
    submit_return(barnet, person=ann, version=1, now=NOW)
    walk.append(outcome(barnet))
    ContactSettings.objects.create(wave=barnet.wave, partial_from=1, complete_above=2)
    walk.append(outcome(barnet))
    assert walk == ["never_opened", "opened_only", "break_off", "break_off", "partial"]


def test_a_sign_in_before_the_wave_opened_opens_nothing(barnet: Return) -> None:
    User.objects.update(last_login=barnet.wave.opens_at - timedelta(days=1))
    assert outcome(barnet) == Disposition.NEVER_OPENED


def test_a_board_bounced_once_no_address_of_it_works(barnet: Return) -> None:
    assert barnet.board
    chair(barnet.board, email="deputy@example.org")
    for address, wanted in [("chair@example.org", "never_opened"), ("deputy@example.org", "bounced")]:
        Message.objects.create(
            key=address,
            kind=MessageKind.REMINDER,
            recipient=address,
            state=MessageState.BOUNCED,
            created_at=NOW,
            bounced_at=NOW,
        )
        assert outcome(barnet) == wanted


def test_a_refusal_stands_until_a_promise(barnet: Return) -> None:
    walk = []
    for came_of_it in (CameOfIt.REFUSAL, CameOfIt.SPOKE, CameOfIt.WRONG_ADDRESS, CameOfIt.PROMISE):
        noted(barnet, came_of_it)
        walk.append(outcome(barnet))
    assert walk == ["refusal", "refusal", "refusal", "never_opened"]


def test_a_wrong_address_stands_until_there_is_a_new_chair(barnet: Return) -> None:
    noted(barnet, CameOfIt.WRONG_ADDRESS)
    assert outcome(barnet) == Disposition.BOUNCED
    assert barnet.board
    who, tomorrow = person("next@example.org"), (NOW + timedelta(days=1)).date()
    Appointment.objects.create(board=barnet.board, person=who, from_date=tomorrow)
    assert outcome(barnet) == Disposition.NEVER_OPENED


def test_what_was_noted_of_a_chair_is_over_once_the_register_was_put_right_the_same_day(barnet: Return) -> None:
    assert barnet.board
    noted(barnet, CameOfIt.VACANCY)
    rita, later = person("rita@example.org", role=Role.RESEARCHER), NOW + timedelta(hours=1)
    walk = [standing_words(barnet.wave)]
    since = (NOW - timedelta(days=30)).date()
    appoint(barnet.board, name="N", email="n@example.org", kind="chair", from_date=since, by=rita, now=later)
    walk.append(standing_words(barnet.wave))
    noted(barnet, CameOfIt.WRONG_ADDRESS, days=1)
    walk.append(standing_words(barnet.wave))
    next_chair = User.objects.get(email="n@example.org")
    change_person(next_chair, name="N", email="n@example.net", reason="", by=rita, now=NOW + timedelta(days=2))
    walk.append(standing_words(barnet.wave))
    noted(barnet, CameOfIt.VACANCY, days=3)
    walk.append(standing_words(barnet.wave))

    said = (CameOfIt.VACANCY, None, CameOfIt.WRONG_ADDRESS, None, CameOfIt.VACANCY)
    assert [each.get(barnet.pk) for each in walk] == list(said)


def test_a_vacancy_is_not_over_because_it_was_corrected_how_or_since_when_somebody_chaired(barnet: Return) -> None:
    assert barnet.board
    rita, since = person("rita@example.org", role=Role.RESEARCHER), (NOW - timedelta(days=30)).date()
    made = appoint(barnet.board, name="N", email="n@example.org", kind="chair", from_date=since, by=rita, now=NOW)
    noted(barnet, CameOfIt.VACANCY)
    told: dict[str, Any] = {"reason": "", "by": rita, "now": NOW + timedelta(hours=1)}
    fields: dict[str, Any] = {"kind": "interim", "from_date": since - timedelta(days=5)}
    walk = []
    for last in (None, (NOW + timedelta(days=50)).date(), (NOW + timedelta(days=90)).date()):
        correct_appointment(made, seen=stands_as(made), **fields, until_date=last, **told)
        made.refresh_from_db()
        walk.append(standing_words(barnet.wave).get(barnet.pk))
    assert walk == [CameOfIt.VACANCY, CameOfIt.VACANCY, None]


def test_a_decision_counts_until_it_is_given_up_and_what_was_derived_stays_known(barnet: Return) -> None:
    by = person("team@example.org")
    OutcomeDecision.objects.create(
        survey_return=barnet, disposition="not_eligible", reason="Merged in May.", by=by, at=NOW
    )
    decided = outcomes_of(barnet.wave, now=NOW)[barnet.pk]
    assert (decided.disposition, decided.why, decided.derived, decided.is_decided, decided.words) == (
        *("not_eligible", "Merged in May.", "never_opened", True, "Not eligible"),
    )
    OutcomeDecision.objects.create(survey_return=barnet, disposition="", reason="It was not.", by=by, at=NOW)
    assert outcome(barnet) == Disposition.NEVER_OPENED


def test_one_board_can_be_asked_for_alone(barnet: Return) -> None:
    assert set(outcomes_of(barnet.wave, now=NOW, of=[barnet.pk])) == {barnet.pk}


def test_outcomes_sum_to_the_frame_and_cost_as_many_queries_for_148_boards() -> None:
    whole_register()
    munro = wave()
    import_returns(munro, RETURNS.read_bytes(), now=NOW)
    with CaptureQueriesContext(connection) as queries:
        found = outcomes_of(munro, now=NOW)

    assert set(found) == set(munro.returns.in_frame().values_list("pk", flat=True))
    counted = Counter(str(each.disposition) for each in found.values())
    assert counted["never_opened"] == 148 - munro.returns.in_frame().submitted().count()
    assert len(queries) <= 10
