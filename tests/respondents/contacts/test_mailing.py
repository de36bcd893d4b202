"""A reminder run: exactly one message to each person it is due to, none to anybody else, wherever the worker dies."""

from collections import Counter
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.outbox.bulk import send_in_bulk
from accounts.outbox.models import Message, MessageKind, MessageState
from respondents.contacts import mailing as mailing_module
from respondents.contacts.audience import LeftOutFor, audience_of
from respondents.contacts.mailing import run_mailing, sweep_mailings
from respondents.contacts.models import ContactEntry, Mailing, MailingKind, MailingState, OutcomeDecision, Stop
from respondents.contacts.planning import HasBegun, cancel, move, plan_default, plan_mailing, send_now
from respondents.register.models import Appointment, Board
from respondents.returns.models import Return
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from respondents.together.models import Contribution
from survey.models import Wave
from survey.working_days import ENGLAND
from tests.builders import chair, person, return_of, two_boards, wave, whole_register
from tests.races import at_once
from tests.smtp import post_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def jo() -> User:
    return person("jo@example.org")


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def small(now: datetime) -> Wave:
    """Two boards, each with a chair, in a wave that is open."""
    for board in two_boards():
        chair(board, email=f"{board.slug}@example.org")
    return wave(opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=3))


def due_now(of: Wave, by: User, kind: MailingKind = MailingKind.REMINDER) -> Mailing:
    now = timezone.now()
    return Mailing.objects.create(wave=of, kind=kind, due_at=now, made_by=by, made_at=now)


def reminded() -> list[str]:
    return sorted(Message.objects.filter(kind=MessageKind.REMINDER).values_list("recipient", flat=True))


def left_out(of: Wave) -> dict[str, LeftOutFor]:
    returns = list(of.returns.in_frame().select_related("board"))
    found = audience_of(of, MailingKind.REMINDER, returns, now=timezone.now()).left_out
    return {each.found.board.slug: each.why for each in found if each.found.board}


def send(found: Return, who: str, *, now: datetime) -> None:
    ann = User.objects.get(email=who)
    save_answers(found, Sending(0, {"C1": 1}), person=ann, now=now)
    submit_return(found, person=ann, version=1, now=now)


def of_148(jo: User, *, now: datetime) -> list[Return]:
    """The returns of a wave: of the first twelve, and of number 100, no chair is to be reminded, but of number 7."""
    whole_register()
    munro = wave(opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=3))
    returns = list(munro.returns.in_frame().select_related("board", "wave").order_by("board__slug"))
    for number, found in enumerate(returns):
        assert found.board
        if number != 100:
            chair(found.board, email=f"chair{number}@example.org")
    for number in range(5):
        send(returns[number], f"chair{number}@example.org", now=now)
    ContactEntry.objects.create(survey_return=returns[5], kind="call", came_of_it="refusal", by=jo, at=now)
    OutcomeDecision.objects.create(survey_return=returns[6], disposition="duplicate", reason="!", by=jo, at=now)
    Return.objects.filter(pk=returns[7].pk).update(version=3, awaiting_version=3)
    signer = person("signer@example.org")
    Contribution.objects.create(survey_return=returns[7], person=signer, part="signer", invited_by=jo, invited_at=now)
    Stop.objects.create(board=returns[8].board, reason="Asked us to.", by=jo, at=now)
    Stop.objects.create(email="chair9@example.org", reason="Asked us to.", by=jo, at=now)
    come_back = {"kind": MessageKind.INVITATION, "recipient": "chair10@example.org", "created_at": now}
    Message.objects.create(key="b", state=MessageState.BOUNCED, bounced_at=now, **come_back)
    Appointment.objects.filter(person__email="chair11@example.org").update(until_date=date(2012, 1, 1))
    return returns


def test_a_planned_invitation_goes_again_to_a_corrected_address_and_counts_what_goes(small: Wave, jo: User) -> None:
    runs = [due_now(small, jo, MailingKind.INVITATION) for _ in range(2)]
    run_mailing(runs[0].pk)
    Message.objects.update(state=MessageState.SENT)
    User.objects.filter(email="barnet@example.org").update(email="b@example.net")

    run_mailing(runs[1].pk)

    assert [Mailing.objects.get(pk=run.pk).queued for run in runs] == [2, 1]
    assert [each.recipient for each in Message.objects.filter(state=MessageState.QUEUED)] == ["b@example.net"]


def test_a_run_of_148_reaches_each_to_whom_it_is_due_once_and_nobody_else(jo: User, now: datetime) -> None:
    returns = of_148(jo, now=now)
    expected = {f"chair{number}@example.org" for number in range(12, 148) if number != 100}
    expected |= {"chair7@example.org", "signer@example.org"}
    run = due_now(returns[0].wave, jo)
    backend = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1"}

    with post_office() as office, override_settings(**backend, EMAIL_PORT=office.port):
        assert [run_mailing(run.pk), run_mailing(run.pk)] == [False, False]
        send(returns[20], "chair20@example.org", now=now)
        send_in_bulk()

    counted = Counter(recipient for recipients, _ in office.letters for recipient in recipients)
    assert counted == Counter(expected - {"chair20@example.org"})
    assert Message.objects.get(recipient="chair20@example.org", kind="reminder").state == MessageState.WITHDRAWN
    run.refresh_from_db()
    assert (run.state, run.queued, run.left_out) == (MailingState.DONE, len(expected), 12)
    subjects = {recipients[0]: str(letter["Subject"]) for recipients, letter in office.letters}
    assert subjects["signer@example.org"].startswith("The return of ")
    assert subjects["chair12@example.org"].endswith(" has not answered yet: Survey of chairs")
    assert {letter.get_content_type() for _, letter in office.letters} == {"multipart/alternative"}
    assert Counter(left_out(returns[0].wave).values())[LeftOutFor.ENDED] == 1
    assert AuditEntry.objects.filter(act="mailing.sent").count() == 1


def test_who_has_begun_is_told_in_other_words(small: Wave, jo: User, now: datetime) -> None:
    found = return_of("barnet", in_wave=small)
    ann = User.objects.get(email="barnet@example.org")
    save_answers(found, Sending(0, {"C1": 1}), person=ann, now=now)
    run_mailing(due_now(small, jo).pk)
    assert "is not finished" in Message.objects.get(recipient=ann.email).subject


def test_a_worker_lost_between_any_two_batches_leaves_the_rest_to_the_next(
    small: Wave, jo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailing_module, "BATCH", 1)
    run = due_now(small, jo)
    assert run_mailing(run.pk, seconds=0) is True
    assert len(reminded()) == 1
    lost = Mailing.objects.claim(run.pk, now=timezone.now())
    assert lost
    assert run_mailing(run.pk) is False
    assert len(reminded()) == 1
    Mailing.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    found: list[UUID] = []
    assert sweep_mailings(now=timezone.now(), ring=found.extend) == 1
    run_mailing(found[0], seconds=0)
    run_mailing(found[0])

    assert reminded() == ["barnet@example.org", "derby-and-derbyshire@example.org"]


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_remind_each_person_once(jo: User, now: datetime) -> None:
    for board in two_boards():
        chair(board, email=f"{board.slug}@example.org")
    run = due_now(wave(opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=3)), jo)
    at_once(8, lambda: run_mailing(run.pk))
    assert reminded() == ["barnet@example.org", "derby-and-derbyshire@example.org"]
    run.refresh_from_db()
    assert (run.state, run.queued) == (MailingState.DONE, 2)


def test_a_run_that_always_fails_is_given_up_after_five_attempts_and_can_be_sent_anew(
    small: Wave, jo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = due_now(small, jo)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("poison")

    with monkeypatch.context() as patch:
        patch.setattr(mailing_module, "audience_of", fail)
        for _ in range(7):
            Mailing.objects.update(lease_until=None)
            try:
                run_mailing(run.pk)
            except RuntimeError:
                continue
    run.refresh_from_db()
    assert (run.state, run.attempts, run.last_error) == (MailingState.FAILED, 5, "RuntimeError: poison")

    send_now(run, by=jo, now=timezone.now())
    run_mailing(run.pk)

    assert len(reminded()) == 2


def test_a_run_whose_workers_are_all_lost_needs_attention(small: Wave, jo: User) -> None:
    run = due_now(small, jo)
    for _ in range(5):
        assert Mailing.objects.claim(run.pk, now=timezone.now())
        Mailing.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert Mailing.objects.claim(run.pk, now=timezone.now()) is None
    assert sweep_mailings(now=timezone.now(), ring=lambda _: None) == 0
    run.refresh_from_db()
    assert run.state == MailingState.FAILED


def test_a_run_that_comes_too_late_sends_nothing_and_says_so(small: Wave, jo: User) -> None:
    run = due_now(small, jo)
    Wave.objects.update(closes_at=timezone.now())
    run_mailing(run.pk)
    run.refresh_from_db()
    assert (run.state, run.queued, run.last_error) == (MailingState.DONE, 0, mailing_module.TOO_LATE)


def test_nothing_runs_before_it_is_due(small: Wave, jo: User, now: datetime) -> None:
    run = Mailing.objects.create(wave=small, due_at=now + timedelta(hours=1), made_by=jo, made_at=now)
    assert sweep_mailings(now=now, ring=lambda _: None) == 0
    assert run_mailing(run.pk) is False
    assert reminded() == []


def test_a_reminder_that_waits_is_withdrawn_when_its_chair_leaves(small: Wave, jo: User) -> None:
    run_mailing(due_now(small, jo).pk)
    Appointment.objects.filter(person__email="barnet@example.org").update(until_date=date(2012, 1, 1))
    send_in_bulk()
    states = dict(Message.objects.values_list("recipient", "state"))
    assert states == {"barnet@example.org": "withdrawn", "derby-and-derbyshire@example.org": "done"}


def test_thanks_go_to_those_who_have_sent_only(small: Wave, jo: User, now: datetime) -> None:
    found = return_of("barnet", in_wave=small)
    ann = User.objects.get(email="barnet@example.org")
    save_answers(found, Sending(0, {"C1": 1}), person=ann, now=now)
    submit_return(found, person=ann, version=1, now=now)
    run_mailing(due_now(small, jo, MailingKind.THANKS).pk)
    assert Message.objects.get(kind="thanks").recipient == ann.email


def test_the_usual_reminders_are_planned_once(jo: User) -> None:
    two_boards()
    opened = _at(2030, 3, 1, 9)
    munro = wave(opens_at=opened, closes_at=opened + timedelta(days=40))
    assert plan_default(munro, by=jo, now=opened) == 5
    assert plan_default(munro, by=jo, now=opened) == 0
    moments = [timezone.localtime(each.due_at) for each in munro.mailings.all()]
    assert {moment.hour for moment in moments} == {10}
    assert AuditEntry.objects.filter(act="mailing.planned").count() == 5


@pytest.mark.parametrize(("moment", "words"), [
    ((2030, 3, 1, 8), "is over"), ((2030, 3, 9, 10), "no working day"),
    ((2030, 5, 1, 10), "The survey closes on"), ((2030, 3, 4, 8), "The survey opens on"),
])  # fmt: skip
def test_a_moment_at_which_nothing_should_be_sent_is_refused(
    jo: User, moment: tuple[int, int, int, int], words: str
) -> None:
    two_boards()
    now, opened = _at(2030, 3, 1, 9), _at(2030, 3, 4, 9)
    munro = wave(opens_at=opened, closes_at=opened + timedelta(days=40))
    with pytest.raises(ValidationError, match=words):
        plan_mailing(munro, MailingKind.REMINDER, _at(*moment), by=jo, now=now)


def _at(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ENGLAND)


def test_a_mailing_is_moved_or_cancelled_until_it_has_begun(jo: User) -> None:
    two_boards()
    opened = _at(2030, 3, 1, 9)
    munro = wave(opens_at=opened, closes_at=opened + timedelta(days=40))
    one = plan_mailing(munro, MailingKind.REMINDER, _at(2030, 3, 5, 10), by=jo, now=opened)
    two = plan_mailing(munro, MailingKind.REMINDER, _at(2030, 3, 6, 10), by=jo, now=opened)
    with pytest.raises(ValidationError, match="already"):
        move(two, _at(2030, 3, 5, 10), by=jo, now=opened)
    move(two, _at(2030, 3, 7, 10), by=jo, now=opened)
    cancel(one, by=jo, now=opened)
    assert Mailing.objects.claim(two.pk, now=_at(2030, 3, 7, 11))
    for each in (one, two):
        with pytest.raises(HasBegun):
            cancel(each, by=jo, now=opened)
    acts = ["mailing.planned", "mailing.planned", "mailing.moved", "mailing.cancelled"]
    assert list(AuditEntry.objects.exclude(act="wave.opened").values_list("act", flat=True)) == acts


def test_a_board_is_reminded_of_nothing_until_it_has_a_chair(small: Wave) -> None:
    Appointment.objects.all().delete()
    assert set(left_out(small).values()) == {LeftOutFor.VACANT}
    assert Board.objects.count() == 2
