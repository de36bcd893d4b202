"""Sign-in by a code sent by email."""

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from accounts.models import User
from tests import builders
from tests.post import carry_post, code_in_the_post

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "chair@example.org", "stranger@example.org"


@pytest.fixture(autouse=True)
def known_person() -> User:
    return builders.person(KNOWN)


def ask(client: Client, email: str) -> "Answer":
    return client.post("/sign-in/", {"email": email}, follow=True)


def enter(client: Client, code: str) -> "Answer":
    return client.post("/sign-in/code/", {"code": code})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def plain(answer: "Answer", email: str) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return text.replace(email, "ADDRESS")


def test_code_that_was_sent_signs_in_and_leads_home(client: Client) -> None:
    ask(client, KNOWN)
    answer = enter(client, code_in_the_post())
    assert (answer.status_code, answer["Location"], is_signed_in(client)) == (302, "/", True)


def test_code_may_be_typed_in_small_letters_without_the_dash(client: Client) -> None:
    ask(client, "Chair@Example.ORG")
    enter(client, f" {code_in_the_post().replace('-', '').lower()} ")
    assert is_signed_in(client)


def test_sign_in_leads_to_the_page_that_was_asked_for(client: Client) -> None:
    asked = client.get("/returns/")
    answer = client.post(asked["Location"], {"email": KNOWN})
    assert client.post(answer["Location"], {"code": code_in_the_post()})["Location"] == "/returns/"


def test_sign_in_leads_to_no_other_site(client: Client) -> None:
    answer = client.post("/sign-in/?next=https://evil.example/", {"email": KNOWN})
    assert client.post(answer["Location"], {"code": code_in_the_post()})["Location"] == "/"


@pytest.mark.parametrize("wanted", ["home", "%00", "portal:returns", "nothing"])
def test_a_word_that_is_no_address_leads_to_the_first_page(client: Client, wanted: str) -> None:
    ask(client, KNOWN)
    enter(client, code_in_the_post())

    assert client.get(f"/sign-in/?next={wanted}")["Location"] == "/"


def test_known_and_unknown_address_get_the_same_reply() -> None:
    known, unknown = ask(Client(), KNOWN), ask(Client(), UNKNOWN)

    assert known.redirect_chain == unknown.redirect_chain == [("/sign-in/code/", 302)]
    assert plain(known, KNOWN) == plain(unknown, UNKNOWN)
    assert "is known to us, we are sending a code to it" in known.content.decode()
    assert [message.to for message in carry_post()] == [[KNOWN]]


def test_wrong_code_for_known_and_unknown_address_gets_the_same_reply() -> None:
    replies = []
    for email in (KNOWN, UNKNOWN):
        client = Client()
        ask(client, email)
        replies.append(plain(enter(client, "BCDF-GHJK"), email))
    assert replies[0] == replies[1]
    assert "<title>Error: " in replies[0]
    assert '<a href="#id_code">' in replies[0]


def test_code_is_void_after_five_wrong_ones(client: Client) -> None:
    ask(client, KNOWN)
    code = code_in_the_post()
    pages = [enter(client, "BCDF-GHJK").content.decode() for _ in range(5)]

    assert ["no longer works" in page for page in pages] == [False, False, False, False, True]
    assert "Send me a new code" in pages[-1]
    enter(client, code)
    assert not is_signed_in(client)


def test_code_works_once(client: Client) -> None:
    ask(client, KNOWN)
    code = code_in_the_post()
    enter(client, code)
    client.post("/sign-in/out/")
    enter(client, code)
    assert not is_signed_in(client)


def test_code_works_only_in_the_browser_that_asked(client: Client) -> None:
    ask(client, KNOWN)
    other = Client()
    enter(other, code_in_the_post())
    assert not is_signed_in(other)


def test_another_code_replaces_the_first(client: Client) -> None:
    ask(client, KNOWN)
    first = code_in_the_post()

    client.post("/sign-in/code/new/")

    assert len(carry_post()) == 2
    enter(client, first)
    assert not is_signed_in(client)
    enter(client, code_in_the_post())
    assert is_signed_in(client)


def test_person_who_was_shut_out_gets_no_code(client: Client, known_person: User) -> None:
    User.objects.filter(pk=known_person.pk).update(is_active=False)
    ask(client, KNOWN)
    assert carry_post() == []


@pytest.mark.parametrize("path", ["/sign-in/new/", "/sign-in/other/"])
def test_nobody_signs_up(client: Client, path: str) -> None:
    answer = client.post(path, {"email": UNKNOWN, "password1": "x", "password2": "x"}, follow=True)
    assert (answer.redirect_chain[0][0], User.objects.count()) == ("/sign-in/", 1)


@pytest.mark.parametrize(("email", "sentence"), [
    ("", "Enter your email address"),
    ("chair", "Enter an email address in the correct format, like name@example.org"),
])  # fmt: skip
def test_address_that_is_none_is_told_so(client: Client, email: str, sentence: str) -> None:
    answer = client.post("/sign-in/", {"email": email})
    assert f'<a href="#id_email">{sentence}</a>' in answer.content.decode()


def test_message_holds_the_code_and_no_link(client: Client) -> None:
    ask(client, KNOWN)
    message = carry_post()[0]
    assert message.subject == "Your sign-in code"
    assert re.findall(r"https?://|www\.", str(message.body)) == []


def test_code_field_can_be_filled_by_the_browser(client: Client) -> None:
    text = ask(client, KNOWN).content.decode()
    assert 'autocomplete="one-time-code"' in text


def test_sign_out_needs_a_press_of_a_button(client: Client, known_person: User) -> None:
    client.force_login(known_person)
    assert (client.get("/sign-in/out/").status_code, is_signed_in(client)) == (200, True)
    left = client.post("/sign-in/out/")
    assert (left["Location"], is_signed_in(client)) == ("/", False)
    assert left["Clear-Site-Data"] == '"cache", "storage"'


def test_person_has_no_password(known_person: User) -> None:
    assert not known_person.has_usable_password()
