"""What has been kept long enough is forgotten, that and nothing else; the notice says the times that the job keeps."""

import ast
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import LazySettings, settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import DateTimeField, QuerySet
from django.test import Client
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.models import Session, User
from accounts.outbox.models import Message, MessageState
from accounts.periods import Period, period
from respondents.contacts.models import Stop
from respondents.correspondence.feedback import give_feedback
from respondents.correspondence.models import ReopeningWish
from respondents.correspondence.querying import answer_query
from respondents.correspondence.reopening import ask_to_reopen, decline
from respondents.correspondence.writing import write_to_team
from respondents.helping.telephone import hear, open_call
from respondents.register.history import RegisterChange, RegisterImport
from respondents.retention import applying, tasks, texts
from respondents.retention.applying import apply_retention, due_now
from respondents.retention.classes import CLASSES
from respondents.retention.people import erase
from respondents.returns.checking import check_submissions
from respondents.returns.models import Return, Save
from respondents.returns.saving import Sending, Settlement, save_answers
from respondents.returns.submitting import submit_return
from respondents.returns.tabs import OpenTab
from respondents.returns.telephone import Call
from respondents.together.sections import record_consultation, write_comment
from survey.models import Wave
from tests import builders
from tests.respondents.correspondence.conftest import Correspondents
from tests.respondents.together.conftest import Team

CANARY = "Canary of the retention test"
ROOT = Path(__file__).resolve().parents[3]


def everywhere(needle: str) -> set[str]:
    """Every table and column of any room in which the words stand."""
    rooms = [
        model
        for room in ("accounts", "survey", "respondents", "analysis")
        for model in apps.get_app_config(room).get_models()
    ]
    return {
        f"{model.__name__}.{field.name}"
        for model in rooms
        for field in model._meta.concrete_fields
        for value in model._default_manager.values_list(field.name, flat=True)
        if needle in str(value)
    }


def all_write(talk: Correspondents) -> None:
    """The words everywhere that words can be."""
    team, now = talk.team, timezone.now()
    chair, found = team.people["chair"], team.stored()
    save_answers(found, Sending(0, {"C1": 2, "G1": CANARY}), person=chair, now=now)
    given_up = Settlement(set_aside={"G1": f"{CANARY}, mine"})
    save_answers(team.stored(), Sending(1, {}, settled=given_up), person=chair, now=now)
    by, called = team.people["researcher"], team.stored()
    open_call(called, voice=CANARY, day=timezone.localdate(now), reason=CANARY, key=uuid4(), by=by, now=now)
    hear(called, by=by, now=now)
    save_answers(called, Sending(2, {"A5": 1}), person=by, now=now)
    sent = submit_return(team.stored(), person=chair, version=3, now=now, declared_by=CANARY)
    write_comment(found, section="B", text=CANARY, by=chair, now=now)
    record_consultation(found, section="B", consulted=["other"], who_else=CANARY, by=chair, now=now)
    write_to_team(found, text=CANARY, key=uuid4(), by=chair, now=now)
    asked = talk.query(item="G1", text=CANARY)
    answer_query(asked, text=CANARY, key=uuid4(), by=chair, now=now)
    give_feedback(team.stored(), sent, person=chair, comment=CANARY, now=now)  # type: ignore[arg-type]
    talk.close_wave()
    ask_to_reopen(team.stored(), sections=["B"], reason=CANARY, by=chair, now=timezone.now())
    decline(team.stored(), reason=CANARY, by=team.people["researcher"], now=timezone.now())


def in_months(number: int, days: int = 1) -> datetime:
    return timezone.now() + timedelta(days=31 * number + days)


@pytest.mark.pure
def test_periods_are_calendar_months_or_days() -> None:
    moment = datetime(2012, 8, 31, 12, 0, tzinfo=UTC)
    befores = [period(text).before(moment).date().isoformat() for text in ("6 months", "24 months", "1 day")]
    assert befores == ["2012-02-29", "2010-08-31", "2012-08-30"]
    assert str(Period(6, "months")) == "6 months"
    for text in ("six months", "6", "6 years", "-1 days"):
        with pytest.raises(ValueError, match="is no period"):
            period(text)


@pytest.mark.pure
def test_the_door_of_erasure_is_used_by_retention_alone() -> None:
    users = {
        str(path.relative_to(ROOT))
        for room in ("accounts", "survey", "respondents", "analysis", "config")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "accounts.erasing"
    }
    assert users == {
        f"respondents/{name}.py" for name in ("register/forgetting", "retention/texts", "retention/voices")
    }


def test_notice_says_the_times_that_are_set(client: Client, db: None, settings: LazySettings) -> None:
    settings.RETENTION = {name: f"{number} days" for number, name in enumerate(settings.RETENTION, start=41)}
    text = client.get("/returns/privacy/").content.decode()
    assert {each.name for each in CLASSES} | {"sign_in_codes"} == set(settings.RETENTION)
    assert [name for name, kept in settings.RETENTION.items() if f": {kept}" not in text] == []


def test_every_word_is_gone_after_its_time_and_no_code_is(talk: Correspondents) -> None:
    all_write(talk)
    written = everywhere(CANARY)
    assert len(written) == 19
    digests = list(Save.objects.order_by("version").values_list("digest", "previous_digest"))
    apply_retention(now=in_months(23))
    names = {"Call.voice", "Save.note", "Submission.declared_by"}
    assert names <= written
    assert everywhere(CANARY) == written - names - {"Message.text"}  # the receipt, with the address it went to
    assert check_submissions().problems == ()

    apply_retention(now=in_months(24, days=10))

    found, submission = talk.team.stored(), talk.team.barnet.submissions.get()
    assert everywhere(CANARY) == set()
    assert (found.answers, submission.answers["C1"], submission.answers["C2"]) == ({"A5": 1, "C1": 2}, 2, -9)
    assert "Words erased" in submission.texts["G1"]
    assert list(Save.objects.order_by("version").values_list("digest", "previous_digest")) == digests
    assert (found.texts_erased_at is not None, submission.feedback.count()) == (True, 1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE respondents_save SET note = '{}'")


def test_names_and_addresses_go_and_what_was_done_stays(talk: Correspondents) -> None:
    all_write(talk)
    assert apply_retention(now=in_months(5))["contacts"] == 0

    done = apply_retention(now=in_months(6, days=5))

    chair = User.objects.get(pk=talk.team.people["chair"].pk)
    assert (done["contacts"], chair.email, str(chair), chair.is_active) == (
        3, f"{chair.pk}@erased.invalid", "Name erased", False,
    )  # fmt: skip
    assert [everywhere(f"{who}@example.org") for who in ("chair", "ann", "other")] == [set()] * 3
    assert User.objects.filter(email="researcher@example.org", is_active=True).exists()
    assert talk.team.barnet.submissions.get().submitted_by == chair
    assert apply_retention(now=in_months(6, days=5))["contacts"] == 0


def test_whoever_is_erased_is_no_voice_on_the_telephone_either_and_others_are(talk: Correspondents) -> None:
    all_write(talk)
    now, ann = timezone.now(), talk.team.people["ann"]
    User.objects.filter(pk=ann.pk).update(name=CANARY.upper())
    names = {"Call.voice", "Save.note", "Submission.declared_by"}
    erase(User.objects.all(), [talk.team.people["other"].pk], now)
    assert (names <= everywhere(CANARY), due_now(now=now)["voices"]) == (True, 0)
    with transaction.atomic():  # who declares need not be whose voice it was, and is known by earlier names too
        Call.objects.update(voice="Her clerk")
        User.objects.filter(pk=ann.pk).update(name="Wed since")
        values = {"name": [CANARY, "Wed since"]}
        RegisterChange.objects.create(subject="person", key=ann.pk, kind="changed", values=values, at=now)
        erase(User.objects.all(), [ann.pk], now)
        apply_retention(now=now)
        assert names & everywhere(CANARY) == {"Save.note"}
        assert (everywhere("Her clerk"), check_submissions().unsealed) == ({"Call.voice"}, 1)
        transaction.set_rollback(True)
    sent = everywhere(CANARY)
    erase(User.objects.all(), [ann.pk], now)
    assert (sent - everywhere(CANARY), due_now(now=now)["voices"]) == ({"Call.voice"}, 1)

    assert (apply_retention(now=now)["voices"], due_now(now=now)["voices"]) == (1, 0)
    assert names & everywhere(CANARY) == set()
    assert check_submissions().problems == ()


def test_people_of_a_wave_that_goes_on_or_is_prepared_are_kept(team: Team) -> None:
    Wave.objects.update(opens_at=timezone.now() - timedelta(days=900), closes_at=timezone.now() - timedelta(days=800))
    User.objects.update(joined_at=timezone.now() - timedelta(days=900))
    assert due_now(now=timezone.now())["contacts"] == 3
    builders.wave("next", opens_at=timezone.now(), closes_at=timezone.now() + timedelta(days=9))
    assert due_now(now=timezone.now())["contacts"] == 1  # ann, who was a colleague once
    Wave.objects.filter(slug="next").update(opened_at=None)
    assert due_now(now=timezone.now())["contacts"] == 1


def test_a_former_chair_is_forgotten_though_the_board_goes_on_taking_part(team: Team) -> None:
    now = timezone.now()
    Wave.objects.update(opens_at=now - timedelta(days=900), closes_at=now - timedelta(days=800))
    User.objects.update(joined_at=now - timedelta(days=900))
    going = builders.wave("next", opens_at=now - timedelta(days=9), closes_at=now + timedelta(days=9))
    before = due_now(now=now)["contacts"]
    chaired = team.people["chair"].appointments.all()
    chaired.update(until_date=timezone.localdate(going.opens_at))
    assert due_now(now=now)["contacts"] == before
    chaired.update(until_date=timezone.localdate(going.opens_at) - timedelta(days=1))
    assert due_now(now=now)["contacts"] == before + 1


def test_whoever_is_on_a_return_that_is_open_again_or_longer_is_kept(talk: Correspondents) -> None:
    now = timezone.now()
    talk.close_wave()
    later = in_months(7)
    assert due_now(now=later)["contacts"] == 3
    talk.team.barnet.reopenings.create(
        sections=["B"], until=later - timedelta(days=1), granted_at=now, asked_by=talk.team.people["researcher"]
    )
    assert due_now(now=later)["contacts"] == 1  # who chairs another board alone
    assert due_now(now=later + timedelta(days=190))["contacts"] == 3
    Return.objects.filter(pk=talk.team.barnet.pk).update(extended_until=later + timedelta(days=99))
    assert due_now(now=later + timedelta(days=190))["contacts"] == 1


def test_what_is_written_after_words_were_erased_goes_in_its_time_too(talk: Correspondents) -> None:
    all_write(talk)
    apply_retention(now=in_months(24, days=10))
    assert due_now(now=in_months(60))["texts"] == 0
    late = in_months(25)
    write_to_team(talk.team.stored(), text=CANARY, key=uuid4(), by=talk.team.people["chair"], now=late)

    assert [due_now(now=in_months(many))["texts"] for many in (26, 48, 51)] == [0, 0, 1]
    apply_retention(now=in_months(51))
    assert (everywhere(CANARY) - {"Message.text"}, due_now(now=in_months(60))["texts"]) == (set(), 0)

    ReopeningWish.objects.update(decision_reason=CANARY, decided_at=in_months(52))  # asked long before
    assert [due_now(now=in_months(many))["texts"] for many in (75, 78)] == [0, 1]
    apply_retention(now=in_months(78))
    Call.objects.update(reason=CANARY, opened_at=in_months(79))
    assert [due_now(now=in_months(many))["texts"] for many in (102, 105)] == [0, 1]
    apply_retention(now=in_months(105))
    assert (everywhere(CANARY) - {"Message.text"}, due_now(now=in_months(200))["texts"]) == (set(), 0)


@pytest.mark.pure
def test_every_moment_of_rows_that_change_brings_a_return_back() -> None:
    lasts = {"until", "lasts_until"}  # how long something holds, not when it was written
    for kind, _, moments in texts.CHANGEABLE:
        named = {each.name for each in kind._meta.fields if isinstance(each, DateTimeField)}
        assert named - lasts - {"ended_at"} == {*moments} - {"ended_at"}


def _broken(now: datetime) -> "QuerySet[User]":
    raise DatabaseError(str(now))


def test_a_kind_that_cannot_be_forgotten_keeps_no_other_and_a_run_without_time_is_certified(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    chair, seen = team.people["chair"], now - timedelta(days=9)
    OpenTab.objects.create(key="a", survey_return=team.barnet, person=chair, sequence=1, seen_at=seen)
    assert apply_retention(now=now, is_over=lambda: True)["open_pages"] == 0
    contacts = next(each for each in CLASSES if each.name == "contacts")
    monkeypatch.setattr(applying, "CLASSES", (replace(contacts, due=_broken), *CLASSES[1:]))
    rung: list[str] = []
    monkeypatch.setattr(tasks, "ring_once", lambda name, **_: rung.append(name))
    monkeypatch.setattr(settings, "CELERY_TASK_TIME_LIMIT", 4)
    monkeypatch.setattr(tasks, "time", SimpleNamespace(monotonic=count().__next__))  # over after two looks
    with pytest.raises(ExceptionGroup, match="Not everything"):
        tasks.apply()
    assert rung == [tasks.APPLY]
    out = StringIO()
    with pytest.raises(CommandError, match=r"^contacts: .*\nNot everything that was due could be forgotten\.$"):
        call_command("apply_retention", stdout=out)
    assert "open_pages, kept for 7 days: 1 were forgotten" in out.getvalue()

    detail = AuditEntry.objects.filter(act="retention.applied").values_list("detail__open_pages", flat=True)
    assert (sorted(detail), OpenTab.objects.count()) == ([0, 0, 1], 0)


def test_files_that_were_never_imported_and_lifted_stops_go(team: Team) -> None:
    now, by = timezone.now(), team.people["chair"]
    for days, state in ((8, "proposed"), (8, "refused"), (8, "applied"), (6, "proposed")):
        sent = now - timedelta(days=days)
        RegisterImport.objects.create(name=state, state=state, ends_absent=False, tables=b"x", sent_by=by, sent_at=sent)
    for days in (400, 300):
        Stop.objects.create(email="a@example.org", reason="R", by=by, at=now, lifted_at=now - timedelta(days=days))
    Stop.objects.create(email="a@example.org", reason="R", by=by, at=now)

    done = apply_retention(now=now)

    assert (done["imports"], done["stops"], Stop.objects.count()) == (2, 1, 2)
    assert sorted(RegisterImport.objects.values_list("state", flat=True)) == ["applied", "proposed"]


def test_traces_of_use_go_each_in_its_time(team: Team) -> None:
    now = timezone.now()
    Message.objects.all().delete()
    for days, state in (
        (100, MessageState.SENT),
        (400, MessageState.FAILED),
        (400, MessageState.QUEUED),
        (1, MessageState.SENT),
    ):
        Message.objects.create(
            key=str(uuid4()), kind="receipt", recipient="a@example.org", subject="S", text="Words", state=state,
            created_at=now - timedelta(days=days),
        )  # fmt: skip
    for days in (6, 8):
        OpenTab.objects.create(
            survey_return=team.barnet,
            person=team.people["chair"],
            key=str(days),
            sequence=1,
            seen_at=now - timedelta(days=days),
        )
    for days in (-1, 2):
        Session.objects.create(
            session_key=f"key{days}", session_data="", expire_date=now - timedelta(days=days), used_at=now
        )

    done = apply_retention(now=now)

    assert {name: done[name] for name in ("message_texts", "messages", "open_pages", "sessions")} == {
        "message_texts": 2, "messages": 1, "open_pages": 1, "sessions": 1,
    }  # fmt: skip
    assert sorted(Message.objects.values_list("text", "state")) == [
        ("", "done"),
        ("Words", "done"),
        ("Words", "queued"),
    ]
    assert [tab.key for tab in OpenTab.objects.all()] == ["6"]
    entry = AuditEntry.objects.get(act="retention.applied")
    assert (entry.person, entry.detail) == (None, dict(done))


def test_dry_run_says_how_much_and_changes_nothing(talk: Correspondents) -> None:
    all_write(talk)
    Wave.objects.update(opens_at=timezone.now() - timedelta(days=900), closes_at=timezone.now() - timedelta(days=800))
    out = StringIO()
    call_command("apply_retention", "--dry-run", stdout=out)
    assert "texts, kept for 24 months: 2 would be forgotten" in out.getvalue()
    assert (len(everywhere(CANARY)), AuditEntry.objects.filter(act="retention.applied").exists()) == (19, False)

    out = StringIO()
    call_command("apply_retention", stdout=out)
    assert "texts, kept for 24 months: 2 were forgotten" in out.getvalue()
    assert everywhere(CANARY) == {"Message.text"}  # a receipt of today
