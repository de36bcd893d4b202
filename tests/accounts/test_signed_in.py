"""Where somebody is signed in: they see it and end it; no session outlives its time, whatever is done in it."""

from datetime import timedelta
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.models import Role, Session, User
from accounts.signed_in.browsers import browser_of
from accounts.signed_in.lasting import LONGEST, MARK, NOTED_EVERY, UNUSED
from tests import builders

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0"
WHERE = "/sign-in/where/"


@pytest.fixture
def ann(db: None) -> User:
    return builders.person("ann@example.org")


def browser(who: User, agent: str = FIREFOX) -> Client:
    """One in which this person has signed in."""
    client = builders.sign_in(Client(headers={"user-agent": agent}), who)
    session = client.session
    session[MARK] = session[MARK] | {"browser": browser_of(agent)}
    session.save()
    return client


def is_in(client: Client) -> bool:
    return client.get("/returns/").status_code == 200


def shift(client: Client, *, begun: timedelta = timedelta(), used: timedelta = timedelta()) -> None:
    """As if this session had begun, and been used last, so much earlier."""
    session = client.session
    session[MARK] = session[MARK] | {"at": session[MARK]["at"] - begun.total_seconds()}
    session.save()
    row = Session.objects.get(session_key=session.session_key)
    ends = min(row.expire_date, row.used_at - used + UNUSED)
    Session.objects.filter(pk=row.pk).update(used_at=row.used_at - used, expire_date=ends)


@pytest.mark.pure
@pytest.mark.parametrize(("agent", "words"), [
    (FIREFOX, "Firefox on a computer"), (IPHONE, "Safari on a phone"), (EDGE, "Edge on a computer"),
    ("Mozilla/5.0 (iPad; CPU OS 18_0) CriOS/139 Mobile Safari/604.1", "Chrome on a tablet"),
    ("Mozilla/5.0 (unheard of)", "A browser on a computer"), ("curl/8.9", "A program"), ("", "A program"),
])  # fmt: skip
def test_a_browser_is_told_by_name_and_kind_of_device_and_nothing_finer(agent: str, words: str) -> None:
    assert browser_of(agent) == words


def test_a_session_knows_whose_it_is_since_when_and_by_what_browser(ann: User) -> None:
    client = Client(headers={"user-agent": IPHONE})
    client.post("/sign-in/", {"email": ann.email})
    before = Session.objects.get()
    assert (before.person, before.begun_at) == (None, None)
    client.force_login(ann)

    found = Session.objects.get(person=ann)

    assert found.begun_at is not None
    assert timezone.now() - found.begun_at < timedelta(minutes=1)
    assert found.expire_date - found.used_at == UNUSED


@pytest.mark.once
def test_people_see_where_they_are_signed_in_and_end_one_or_all_others(ann: User) -> None:
    here, phone, desk = browser(ann), browser(ann, IPHONE), browser(ann, EDGE)
    other = browser(builders.person("ben@example.org"))

    page = here.get(WHERE).content.decode()
    handle = page.partition("Safari on a phone</dt>")[2].partition('name="session" value="')[2].partition('"')[0]

    assert [page.count(f"{words}</dt>") for words in ("Firefox on a computer", "Safari on a phone")] == [0, 1]
    assert "Firefox on a computer, signed in" in page
    assert not any(key in page for key in Session.objects.values_list("session_key", flat=True))
    other.post(f"{WHERE}end/", {"session": handle})
    assert "had been signed out already" in other.get(WHERE).content.decode()
    assert is_in(phone)
    here.post(f"{WHERE}end/", {"session": handle})
    assert [is_in(client) for client in (here, phone, desk, other)] == [True, False, True, True]
    here.post(f"{WHERE}end-others/")
    assert "one other browser is signed out" in here.get(WHERE).content.decode()
    assert [is_in(client) for client in (here, desk, other)] == [True, False, True]
    assert "Nowhere else." in here.get(WHERE).content.decode()


@pytest.mark.parametrize(("begun", "used", "stays"), [
    (timedelta(), UNUSED - timedelta(minutes=1), True),
    (timedelta(), UNUSED + timedelta(minutes=1), False),
    (LONGEST - timedelta(minutes=1), timedelta(), True),
    (LONGEST + timedelta(minutes=1), timedelta(), False),
])  # fmt: skip
def test_sessions_of_respondents_end_unused_and_in_any_case(
    ann: User, begun: timedelta, used: timedelta, *, stays: bool
) -> None:
    client = browser(ann)
    shift(client, begun=begun, used=used)
    assert is_in(client) == stays


def test_use_puts_off_the_end_but_never_past_the_longest_and_is_noted_seldom(ann: User) -> None:
    client = browser(ann)
    shift(client, begun=LONGEST - timedelta(hours=1), used=NOTED_EVERY + timedelta(minutes=1))
    before = Session.objects.get(person=ann)
    assert is_in(client)
    noted = Session.objects.get(person=ann)
    assert is_in(client)

    assert noted.used_at > before.used_at
    assert noted.begun_at is not None
    assert abs(noted.expire_date - noted.begun_at - LONGEST) < timedelta(seconds=1)
    assert Session.objects.get(person=ann).used_at == noted.used_at
    session = client.session
    session["a page"] = "notes something"
    session.save()
    assert Session.objects.get(person=ann).expire_date == noted.expire_date


@pytest.mark.once
def test_what_is_sent_after_twelve_hours_comes_to_the_door_as_after_any_time_out(ann: User) -> None:
    """From there on it is `test_text_sent_after_the_session_ended_is_put_back_after_signing_in` of the journeys."""
    client = browser(ann)
    shift(client, begun=LONGEST + timedelta(seconds=1))
    page = f"/returns/{UUID(int=1)}/questions/G1/"
    over = client.post(page, {"G1": "Nearly lost."})
    Session.objects.all().delete()
    gone = client.post(page, {"G1": "Nearly lost."})
    assert (over.status_code, over["Location"]) == (gone.status_code, gone["Location"]) == (302, "/sign-in/?next=/")


@pytest.mark.once
def test_new_recovery_codes_end_other_sessions_where_the_person_says_so(db: None) -> None:
    jo = builders.person("jo@example.org", role=Role.RESEARCHER)
    builders.app_code(jo)
    here, elsewhere = browser(jo), browser(jo, IPHONE)

    here.post("/sign-in/second/recovery/new/")
    stays = elsewhere.get("/waves/").status_code
    here.post("/sign-in/second/recovery/new/", {"elsewhere": "on"})

    assert (stays, elsewhere.get("/waves/").status_code, here.get("/waves/").status_code) == (200, 302, 200)
    assert list(AuditEntry.objects.values_list("act", flat=True))[-1] == "door.sessions_ended"


@pytest.mark.once
def test_an_operator_ends_all_sessions_of_one_person(ann: User) -> None:
    clients, other, said = [browser(ann), browser(ann)], browser(builders.person("ben@example.org")), StringIO()

    call_command("end_sessions", "ANN@example.org", stdout=said)

    assert said.getvalue() == "2 sessions of Ann were ended.\n"
    assert [is_in(client) for client in (*clients, other)] == [False, False, True]
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.person, entry.subject) == ("door.sessions_ended_by_operator", None, f"user:{ann.pk}")
    with pytest.raises(CommandError, match=r"Nobody has the address nobody@example\.org"):
        call_command("end_sessions", "nobody@example.org")
