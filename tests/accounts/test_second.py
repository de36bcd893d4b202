"""The staff's door: no page of staff without the second step, no second use of a code, no endless trying."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.audit.models import AuditEntry
from accounts.middleware import BY_ITSELF, RuleMiddleware
from accounts.models import Role, Session, User
from accounts.onwards import way_back
from accounts.rules import staff
from accounts.second.acts import FAILED, SIGNED_IN
from accounts.second.marks import KEY
from accounts.second.models import MOST_TRIES, WAIT, SecondTries
from accounts.second.setting_up import recovery_codes
from accounts.second.trying import Tried, try_second
from tests import builders
from tests.post import code_in_the_post
from tests.races import at_once

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

SECOND = "/sign-in/second/"
DENIED = f"{SECOND}?next=/waves/"


@pytest.fixture
def jo(db: None) -> User:
    return builders.person("jo@example.org", role=Role.RESEARCHER)


@pytest.fixture
def at_door(client: Client, jo: User) -> Client:
    """Jo has typed the emailed code, and has an authenticator app."""
    builders.app_code(jo)
    client.force_login(jo)
    return client


def enter(client: Client, code: str, *, onwards: str = "/waves/") -> "Answer":
    return client.post(f"{SECOND}?next={onwards}", {"code": code})


def shift(client: Client, mark: str, by: timedelta) -> None:
    """As if this had happened so much earlier."""
    session = client.session
    session[KEY] = session[KEY] | {mark: session[KEY][mark] - by.total_seconds()}
    session.save()


def acts() -> list[str]:
    return list(AuditEntry.objects.values_list("act", flat=True))


def test_the_emailed_code_alone_opens_no_page_of_staff(client: Client, jo: User) -> None:
    client.post("/sign-in/", {"email": jo.email})
    client.post("/sign-in/code/", {"code": code_in_the_post()})

    assert client.get("/waves/")["Location"] == DENIED
    assert client.get("/returns/")["Location"] == f"{SECOND}?next=/returns/"
    assert client.get("/waves/nothing/messages/")["Location"].startswith(SECOND)
    assert client.get("/returns/help/").status_code == 200
    assert "Waves" not in client.get("/returns/help/").content.decode()
    assert acts() == ["door.code_entered"]


def test_the_app_lets_in_and_leads_on(at_door: Client, jo: User) -> None:
    before = at_door.session.session_key

    answer = enter(at_door, builders.app_code(jo))

    assert answer["Location"] == "/waves/"
    assert at_door.session.session_key != before
    assert at_door.get("/waves/").status_code == 200
    assert acts() == [SIGNED_IN.name]


def test_digits_are_used_once_even_where_they_are_still_shown(at_door: Client, jo: User) -> None:
    digits = builders.app_code(jo)
    enter(at_door, digits)
    elsewhere = Client()
    elsewhere.force_login(jo)

    assert "has been used already" in enter(elsewhere, digits).content.decode()
    assert elsewhere.get("/waves/")["Location"] == DENIED
    assert enter(elsewhere, builders.app_code(jo, later=1)).status_code == 302


def test_a_recovery_code_works_once(at_door: Client, jo: User) -> None:
    code = recovery_codes(jo)[3]
    elsewhere = Client()
    elsewhere.force_login(jo)

    assert enter(at_door, f" {code[:4]} {code[4:]} ").status_code == 302
    assert enter(elsewhere, code).status_code == 200
    assert len(recovery_codes(jo)) == 9


def test_five_wrong_codes_shut_the_door_even_for_the_right_one(at_door: Client, jo: User) -> None:
    right = builders.app_code(jo)
    around = {builders.app_code(jo, later=periods) for periods in range(-2, 3)}
    wrong = next(code for code in (f"{digit}" * 6 for digit in range(10)) if code not in around)
    for _ in range(MOST_TRIES):
        assert "not the code the app shows now" in enter(at_door, wrong).content.decode()

    assert "Too many wrong codes" in enter(at_door, right).content.decode()
    assert at_door.get("/waves/")["Location"] == DENIED
    assert acts() == [FAILED.name] * MOST_TRIES + ["door.second_locked"]
    SecondTries.objects.update(since=timezone.now() - WAIT)
    assert enter(at_door, right).status_code == 302


def test_success_takes_no_wrong_try_off_the_count(at_door: Client, jo: User) -> None:
    enter(at_door, "wrong")
    enter(at_door, builders.app_code(jo))

    assert SecondTries.objects.get().wrong == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_one_code_sent_many_times_at_once_lets_one_in_and_counts_the_rest(jo: User) -> None:
    digits = builders.app_code(jo)

    got = at_once(12, lambda: try_second(jo, code=digits, act=SIGNED_IN, now=timezone.now()))

    assert (got.count(Tried.PASSED), got.count(Tried.SPENT) <= MOST_TRIES) == (1, True)
    assert got.count(Tried.LOCKED) == 12 - 1 - got.count(Tried.SPENT)


def test_staff_without_a_second_step_set_it_up_first(client: Client, jo: User) -> None:
    client.force_login(jo)
    assert client.get(DENIED)["Location"] == f"{SECOND}set-up/?next=/waves/"
    page = client.get(f"{SECOND}set-up/?next=/waves/").content.decode()
    secret = page.partition('app-key">')[2].partition("<")[0].replace(" ", "")
    assert client.get(f"{SECOND}set-up/picture.svg")["Content-Type"] == "image/svg+xml"
    assert "not the code the app shows now" in client.post(f"{SECOND}set-up/", {"code": "abc"}).content.decode()

    answer = client.post(f"{SECOND}set-up/?next=/waves/", {"code": builders.digits_now(secret)})

    assert answer["Location"] == f"{SECOND}recovery/?next=/waves/"
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    assert client.get(f"{SECOND}recovery/").content.decode().count("<li>") >= 10
    kept = client.get(f"{SECOND}recovery/recovery-codes.txt").content.decode().splitlines()
    assert set(recovery_codes(jo)) <= set(kept)
    assert client.post(f"{SECOND}recovery/?next=/waves/")["Location"] == "/waves/"
    assert client.get(f"{SECOND}recovery/")["Location"] == "/"
    assert client.get(f"{SECOND}recovery/recovery-codes.txt").status_code == 404


def test_whoever_has_a_second_step_cannot_set_up_another_one_at_the_door(at_door: Client, jo: User) -> None:
    assert at_door.get(f"{SECOND}set-up/")["Location"] == SECOND
    assert at_door.post(f"{SECOND}set-up/", {"code": "000000"})["Location"] == SECOND
    assert at_door.get(f"{SECOND}set-up/picture.svg").status_code == 404
    assert at_door.get(f"{SECOND}recovery/")["Location"].startswith(SECOND)


def test_new_recovery_codes_end_the_old_ones(client: Client, jo: User) -> None:
    builders.app_code(jo)
    old = recovery_codes(jo)
    builders.sign_in(client, jo)

    assert client.post(f"{SECOND}recovery/new/")["Location"] == f"{SECOND}recovery/"

    assert set(recovery_codes(jo)).isdisjoint(old)
    assert "10 not used yet" in client.get(f"{SECOND}yours/").content.decode()


def test_what_matters_most_asks_again_after_ten_minutes_and_leads_back(client: Client, jo: User) -> None:
    builders.app_code(jo)
    builders.sign_in(client, jo)
    shift(client, "passed", timedelta(minutes=11))

    answer = client.post(f"{SECOND}recovery/new/", headers={"referer": f"http://testserver{SECOND}yours/?a=b"})

    assert answer["Location"] == f"{SECOND}?next={SECOND}yours/%3Fa%3Db"
    assert client.get("/waves/").status_code == 200
    assert "Confirm that it is you" in client.get(answer["Location"]).content.decode()
    assert client.post(answer["Location"], {"code": builders.app_code(jo)})["Location"] == f"{SECOND}yours/?a=b"
    assert client.post(f"{SECOND}recovery/new/")["Location"] == f"{SECOND}recovery/"
    assert acts() == ["door.confirmed", "door.recovery_made"]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("referer", "leads_to"),
    [("https://evil.example/x", "/"), ("//evil.example", "/"), ("", "/"), ("http://testserver/a/?b=c#d", "/a/?b=c")],
)
def test_the_way_back_from_a_form_stays_on_the_site(referer: str, leads_to: str) -> None:
    request = RequestFactory().post("/people/1/role/", headers={"referer": referer})
    assert way_back(request) == leads_to


@pytest.mark.parametrize(
    ("mark", "ago", "words"),
    [
        ("used", timedelta(minutes=31), "nothing was done for 30 minutes"),
        ("began", timedelta(hours=12, minutes=1), "12 hours had passed"),
    ],
)
def test_sessions_of_staff_end_and_say_why(client: Client, jo: User, mark: str, ago: timedelta, words: str) -> None:
    builders.sign_in(client, jo)
    shift(client, mark, ago)
    key = client.session.session_key

    answer = client.get("/waves/", follow=True)

    assert answer.redirect_chain == [("/sign-in/?next=/waves/", 302)]
    assert words in answer.content.decode()
    assert not Session.objects.filter(session_key=key).exists()
    assert acts() == ["door.timed_out"]


def test_use_keeps_a_session_of_staff_alive_but_a_page_by_itself_does_not(client: Client, jo: User) -> None:
    builders.sign_in(client, jo)
    shift(client, "used", timedelta(minutes=20))
    used = client.session[KEY]["used"]
    request = RequestFactory().get("/")
    request.user, request.session = jo, client.session
    view = staff(Role.RESEARCHER, is_background=True)(lambda _: None)

    assert RuleMiddleware(lambda _: None).process_view(request, view, (), {}) is None  # type: ignore[arg-type, return-value]
    assert request.session[KEY]["used"] == used
    assert client.get("/waves/", headers={BY_ITSELF: "1"}).status_code == 200
    assert client.session[KEY]["used"] == used
    assert f'"{BY_ITSELF}"' in Path("static/scripts/following.js").read_text(encoding="utf-8")
    client.get("/waves/")
    assert client.session[KEY]["used"] > used


@pytest.mark.parametrize(
    "change", [{"role": Role.ANALYST}, {"role": Role.RESPONDENT}, {"is_active": False}, {"sessions_ended": 1}]
)
def test_a_change_of_role_and_deactivation_end_every_session_at_the_next_request(
    client: Client, jo: User, change: dict[str, object]
) -> None:
    builders.sign_in(client, jo)

    User.objects.filter(pk=jo.pk).update(**change)

    assert client.get("/waves/")["Location"] == "/sign-in/?next=/waves/"


def test_refusals_by_role_and_leaving_are_recorded(client: Client, jo: User) -> None:
    builders.sign_in(client, jo)

    assert client.get("/waves/munro-2012/tables/").status_code in {200, 404}
    assert client.get(f"{SECOND}yours/").status_code == 200
    builders.sign_in(client, builders.person("pat@example.org", role=Role.ADMINISTRATOR))
    assert client.get("/waves/munro-2012/messages/").status_code == 404
    client.post("/sign-in/out/")

    assert acts() == ["door.refused", "door.signed_out"]
    assert AuditEntry.objects.earliest("number").about == "/waves/munro-2012/messages/"


def test_respondents_pay_no_query_for_it(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    builders.sign_in(client, builders.person("chair@example.org"))

    with django_assert_num_queries(2):  # the session and the person
        assert client.get("/returns/help/").status_code == 200
    assert KEY not in client.session
    assert client.get(SECOND).status_code == 404
