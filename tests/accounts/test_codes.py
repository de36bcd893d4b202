"""Codes against those who guess, listen, race and forward."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.codes import trying
from accounts.codes.asking import ask_for_code, forget_codes
from accounts.codes.making import LETTERS, new_code
from accounts.codes.models import SignInCode
from accounts.codes.trying import Ended, try_code
from accounts.models import Session, User
from accounts.outbox.models import Message
from tests import builders
from tests.post import carry_post, code_in_the_post
from tests.races import at_once

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN, SHUT_OUT = "chair@example.org", "stranger@example.org", "former@example.org"
WRONG = "BCDF-GHJK"
PAYLOADS = [
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "http:evil.example", "javascript:alert(1)", "data:text/html,x", "https://testserver@evil.example/",
    "ftp://testserver/",
    "https://testserver.evil.example/", "https:/evil.example", "\t//evil.example",
    "http://localhost/", "\n//evil.example",
]  # fmt: skip


@pytest.fixture(autouse=True)
def people() -> None:
    cache.clear()  # the limits on asking
    builders.person(KNOWN)
    builders.person(SHUT_OUT)
    User.objects.filter(email=SHUT_OUT).update(is_active=False)


def ask(client: Client, email: str = KNOWN) -> "Answer":
    return client.post("/sign-in/", {"email": email})


def enter(client: Client, code: str) -> "Answer":
    return client.post("/sign-in/code/", {"code": code})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def in_the_browser_of(client: Client) -> Client:
    """Another tab or thread with the same cookies."""
    twin = Client()
    twin.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return twin


def sessions_signed_in() -> int:
    return sum("_auth_user_id" in session.get_decoded() for session in Session.objects.all())


def later(minutes: int) -> None:
    SignInCode.objects.update(expires_at=timezone.now() - timedelta(minutes=minutes - 10))


def test_codes_are_made_of_eight_letters_that_make_no_words() -> None:
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(re.fullmatch(f"[{LETTERS}]{{4}}-[{LETTERS}]{{4}}", code) for code in codes)
    assert set("".join(codes)) == {*LETTERS, "-"}
    assert not set(LETTERS) & set("AEIOUY01")


def test_code_and_browser_are_nowhere_in_the_tables(client: Client) -> None:
    ask(client)
    code, secret = code_in_the_post(), client.session["asked_for_code"]["secret"]

    stored = repr([*SignInCode.objects.values(), *Message.objects.values()])

    assert [needle in stored for needle in (code, code.replace("-", ""), secret)] == [False, False, False]
    assert len(SignInCode.objects.get().digest) == 64


def test_before_the_worker_comes_there_is_no_code_at_all(client: Client) -> None:
    ask(client)
    assert SignInCode.objects.get().digest == ""
    assert enter(client, "").status_code == enter(client, "----").status_code == 200
    assert not is_signed_in(client)


@pytest.mark.parametrize("typed", ["{0}", " {0}\r\n", "{1}", "{2}", "{3}", "{4}"])
def test_code_may_be_pasted_as_mail_programs_show_it(client: Client, typed: str) -> None:
    ask(client)
    code = code_in_the_post()
    enter(client, typed.format(code, code.lower(), code.replace("-", ""), " ".join(code), code.replace("-", " – ")))
    assert is_signed_in(client)


@pytest.mark.parametrize("minutes", [10, 60])
def test_expired_code_is_told_and_a_new_one_offered(client: Client, minutes: int) -> None:
    ask(client)
    code = code_in_the_post()
    later(minutes)

    for page in (client.get("/sign-in/code/"), enter(client, code)):
        text = page.content.decode()
        assert '<h1 class="govuk-heading-l">Your code has expired</h1>' in text
        assert "Send me a new code" in text
    client.post("/sign-in/code/new/")
    enter(client, code_in_the_post())
    assert is_signed_in(client)


def test_code_that_would_come_too_late_is_not_sent(client: Client) -> None:
    ask(client)
    later(10)
    assert carry_post() == []


def test_code_that_was_replaced_before_it_was_sent_is_not_sent(client: Client) -> None:
    ask(client)
    client.post("/sign-in/code/new/")
    assert len(carry_post()) == 1


def test_person_who_is_shut_out_after_the_code_was_sent_stays_out(client: Client) -> None:
    ask(client)
    code = code_in_the_post()
    User.objects.update(is_active=False)
    assert "That is not the code we sent last" in enter(client, code).content.decode()
    assert not is_signed_in(client)


def statements(client: Client, email: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as found:
        ask(client, email)
    return [re.sub(r"'[^']*'|\"s\d+_x\d+\"|\b\d+\b|\$\d+", "?", query["sql"]) for query in found]


def test_request_does_the_same_work_for_every_address() -> None:
    known, unknown, shut_out = (
        statements(Client(REMOTE_ADDR=f"10.0.0.{number}"), email)
        for number, email in enumerate((KNOWN, UNKNOWN, SHUT_OUT))
    )

    assert known == unknown == shut_out
    assert not any('FROM "accounts_user"' in sql or "emailaddress" in sql for sql in known)
    assert list(SignInCode.objects.values_list("digest", flat=True)) == ["", "", ""]
    assert Message.objects.filter(subject="", text="").count() == 3


def test_reply_is_the_same_for_every_address_to_the_last_header() -> None:
    def reply(email: str) -> list[object]:
        client = Client()
        answers = [
            ask(client, email),
            client.get("/sign-in/code/"),
            enter(client, WRONG),
            client.post("/sign-in/code/new/"),
        ]
        bodies = [
            re.sub(r'value="\w{64}"', "", answer.content.decode()).replace(email, "ADDRESS") for answer in answers
        ]
        # With the clock, with the address as it was typed, and with each request.
        varies = {"Expires", "Content-Length", "X-Request-ID"}
        headers = [sorted(pair for pair in answer.headers.items() if pair[0] not in varies) for answer in answers]
        sizes = [{name: len(morsel.value) for name, morsel in answer.cookies.items()} for answer in answers]
        return [[answer.status_code for answer in answers], bodies, headers, sizes]

    known, unknown, shut_out = map(reply, (KNOWN, UNKNOWN, SHUT_OUT))
    assert known == unknown == shut_out


def test_mail_is_limited_for_every_address_alike() -> None:
    refusals = []
    for email in (KNOWN, UNKNOWN, KNOWN.upper()):
        pages = [ask(Client(), email) for _ in range(5)]
        refusals.append(["Too many codes" in page.content.decode() for page in pages])
    assert refusals == [[False, False, False, False, True], [False, False, False, False, True], [True] * 5]


def test_another_code_counts_against_the_same_limit(client: Client) -> None:
    ask(client)
    for _ in range(4):
        client.post("/sign-in/code/new/")
    assert "Too many codes were asked for" in client.get("/sign-in/code/").content.decode()
    assert SignInCode.objects.count() == 4


def test_nobody_asks_for_another_code_without_having_asked(client: Client) -> None:
    assert client.post("/sign-in/code/new/")["Location"] == client.get("/sign-in/code/")["Location"] == "/sign-in/"
    assert client.get("/sign-in/code/new/").status_code == 405
    assert SignInCode.objects.count() == 0


def test_session_key_changes_when_a_code_is_asked_for_and_again_at_sign_in(client: Client) -> None:
    client.session["planted"] = True
    planted = client.session
    planted.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key or ""
    keys = [planted.session_key]
    ask(client)
    keys.append(client.session.session_key)
    enter(client, code_in_the_post())
    keys.append(client.session.session_key)

    assert (len(set(keys)), is_signed_in(client)) == (3, True)
    assert not Session.objects.filter(session_key__in=keys[:2]).exists()
    assert "asked_for_code" not in client.session


@pytest.mark.parametrize("payload", PAYLOADS)
def test_sign_in_leads_to_no_other_host(client: Client, payload: str) -> None:
    asked = client.post("/sign-in/", {"email": KNOWN, "next": payload}, QUERY_STRING="")
    assert asked["Location"] == "/sign-in/code/"
    client.get("/sign-in/code/", {"next": payload})
    answer = client.post("/sign-in/code/", {"code": code_in_the_post()}, query_params={"next": payload})
    assert (answer["Location"], is_signed_in(client)) == ("/", True)
    assert client.get("/sign-in/", {"next": payload})["Location"] == "/"


@pytest.mark.parametrize(
    "email",
    [
        "a" * 250 + "@example.org",
        "chair@example.org\0",
        "chair@example.org\nBcc: x@example.org",
        "\ud800",
        "chair@" + "x" * 62 + "\u0130.org",
    ],
)
def test_address_that_cannot_be_one_is_told_so(client: Client, email: str) -> None:
    text = client.post(
        "/sign-in/", {"email": email.encode(errors="surrogatepass").decode(errors="replace")}
    ).content.decode()
    assert "There is a problem" in text
    assert SignInCode.objects.count() == 0


@pytest.mark.parametrize(
    "code", ["x" * 1_000_000, "\0", "\u0412\u0421DF-GHJK", "\u202eBCDF", "{{ code }}", "'; --", "0"]
)
def test_strange_code_is_a_wrong_code(client: Client, code: str) -> None:
    ask(client)
    carry_post()
    answer = enter(client, code)
    assert (answer.status_code, "There is a problem" in answer.content.decode()) == (200, True)


def test_traces_of_asking_are_deleted_after_a_day(client: Client) -> None:
    ask(client)
    assert forget_codes(now=timezone.now() + timedelta(hours=23)) == 0
    assert forget_codes(now=timezone.now() + timedelta(hours=25)) == 1
    assert Message.objects.count() == 0


def test_code_of_one_browser_is_nothing_to_another_that_asked_too() -> None:
    mine, theirs = Client(), Client()
    ask(mine)
    code = code_in_the_post()
    ask(theirs)
    carry_post()
    enter(theirs, code)
    assert not is_signed_in(theirs)
    enter(mine, code)
    assert is_signed_in(mine)


@pytest.mark.django_db(transaction=True)
def test_fifty_posts_of_one_code_at_once_give_one_session(client: Client) -> None:
    ask(client)
    code = code_in_the_post()

    statuses = at_once(50, lambda: enter(in_the_browser_of(client), code).status_code)

    assert (sessions_signed_in(), statuses.count(302) >= 1, max(statuses) < 500) == (1, True, True)
    assert SignInCode.objects.filter(used_at__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_hundred_guesses_at_once_are_at_most_five_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def is_same(one: str, other: str) -> bool:
        compared.append(other)
        return one == other

    monkeypatch.setattr(trying, "is_same", is_same)
    now = timezone.now()
    secret = ask_for_code(KNOWN, now=now)
    code = code_in_the_post()

    outcomes = at_once(100, lambda: try_code(WRONG, secret=secret, now=now))

    assert len(compared) == 5
    assert outcomes.count(Ended.TRIED_TOO_OFTEN) >= 95
    assert try_code(code, secret=secret, now=now) is Ended.TRIED_TOO_OFTEN


@pytest.mark.django_db(transaction=True)
def test_right_code_among_many_guesses_is_used_by_one_at_most() -> None:
    now = timezone.now()
    secret = ask_for_code(KNOWN, now=now)
    code = code_in_the_post()

    outcomes = at_once(50, lambda: try_code(code, secret=secret, now=now))

    assert sum(isinstance(outcome, User) for outcome in outcomes) == 1
