"""Staff come in through their department's provider, proved against one as a process and one that can lie."""

import sys
from collections.abc import Callable, Iterator
from io import StringIO
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.models import Role, User
from accounts.provider.claims import identity_of
from accounts.provider.configured import Provider
from accounts.provider.letting_in import person_let_in
from accounts.provider.refusals import NotSignedIn
from accounts.staff.managing import deactivate, reactivate
from tests import builders
from tests.post import carry_post, code_in_the_post
from tests.provider import StrictProvider, Token, strict_provider
from tests.services import free_port, is_open, running, wait_until

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = [pytest.mark.once, pytest.mark.django_db]

BEGIN, BACK, SECOND = "/sign-in/department/", "/sign-in/department/back/", "/sign-in/second/"
SETTINGS = {
    "client_id": "survey",
    "client_secret": "a secret of the test",
    "name": "the test department",
    "groups_claim": "groups",
    "roles": (),
    "second_amr": frozenset({"mfa"}),
    "second_acr": frozenset({"gold"}),
}
ROLES = (("CN=Desk,OU=Survey", "administrator"), ("field", "researcher"), ("numbers", "analyst"))
JO: Token = {"email": "Jo@Example.org", "email_verified": True}


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The issuer of a provider that runs as a program of its own."""
    port, log = free_port(), tmp_path_factory.mktemp("provider") / "log"
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"]
    with running(command, log=log) as program:
        wait_until(lambda: is_open(port), process=program, log=log)
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def liar() -> Iterator[StrictProvider]:
    with strict_provider(free_port()) as provider:
        yield provider


@pytest.fixture
def jo() -> User:
    return builders.person("jo@example.org", role=Role.RESEARCHER)


@pytest.fixture
def door(process: str, settings: LazySettings) -> LazySettings:
    settings.SITE_URL = "http://testserver"
    settings.SIGN_IN_PROVIDER = SETTINGS | {"issuer": process}
    return settings


@pytest.fixture
def lying(liar: StrictProvider, settings: LazySettings) -> StrictProvider:
    liar.begin()
    settings.SIGN_IN_PROVIDER = SETTINGS | {"issuer": liar.issuer}
    return liar


def differ(door: LazySettings, **changes: object) -> None:
    """The settings say something else of the provider."""
    door.SIGN_IN_PROVIDER = {**(door.SIGN_IN_PROVIDER or {}), **changes}


def issuer_of(door: LazySettings) -> str:
    assert door.SIGN_IN_PROVIDER
    return str(door.SIGN_IN_PROVIDER["issuer"])


def asked_of(answer: "Answer") -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(onwards(answer)).query).items()}


def onwards(answer: "Answer") -> str:
    """Where the browser is sent once the person has pressed."""
    return answer["Refresh"].removeprefix("0; url=")


def way_back(client: Client, issuer: str, claims: Token, *, begin: str = f"{BEGIN}?next=/waves/") -> str:
    """Where the provider sends the browser once this person signed in there."""
    requests.put(f"{issuer}/users/jo", json=claims, timeout=5)
    there = onwards(client.post(begin))
    back = requests.post(there, data={"sub": "jo"}, allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith(f"http://testserver{BACK}")
    return back.removeprefix("http://testserver")


def sign_in(client: Client, door: LazySettings, **claims: object) -> "Answer":
    return client.get(way_back(client, issuer_of(door), JO | claims))


def lied_to(client: Client, liar: StrictProvider, *, begin: str = BEGIN) -> "Answer":
    liar.asked = asked_of(client.post(begin))
    return client.get(BACK, {"state": liar.asked["state"], "code": "any"})


def acts() -> list[str]:
    return list(AuditEntry.objects.values_list("act", flat=True))


def is_out(client: Client) -> bool:
    return client.get("/waves/")["Location"].startswith("/sign-in/?")


def test_known_staff_come_in_and_pass_our_second_step(client: Client, jo: User, door: LazySettings) -> None:
    assert "Sign in with the test department" in client.get("/sign-in/?next=/waves/").content.decode()

    answer = sign_in(client, door)

    assert answer["Location"] == "/waves/"
    assert client.get("/waves/")["Location"] == f"{SECOND}?next=/waves/"
    assert acts() == ["door.provider_entered"]
    assert client.post(SECOND, {"code": builders.app_code(jo)}).status_code == 302
    assert client.get("/waves/").status_code == 200


def test_a_department_that_gives_the_addresses_need_not_say_that_they_are_confirmed(
    client: Client, jo: User, lying: StrictProvider, settings: LazySettings
) -> None:
    lying.lie = changed(email_verified=None)
    assert "has not confirmed your email address" in lied_to(client, lying).content.decode()

    settings.SIGN_IN_PROVIDER = SETTINGS | {"issuer": lying.issuer, "emails_confirmed": True}

    assert lied_to(client, lying)["Location"] == "/"
    client.post("/sign-in/out/")
    lying.lie = changed(email_verified=False)
    assert "has not confirmed your email address" in lied_to(client, lying).content.decode()


@pytest.mark.parametrize("said", [{"amr": ["pwd", "mfa"]}, {"acr": "gold"}])
def test_the_provider_s_second_step_counts_where_settings_say_so(
    client: Client, jo: User, door: LazySettings, said: Token
) -> None:
    before = client.session.session_key
    sign_in(client, door, **said)

    assert client.get("/waves/").status_code == 200
    assert client.session.session_key != before
    assert acts() == ["door.provider_entered", "door.signed_in"]
    assert client.get(f"{SECOND}set-up/").status_code == 403  # nobody who is in gives themselves a second step
    held = str(dict(client.session))
    assert "token" not in held
    assert "verifier" not in held


def test_it_is_not_taken_where_settings_do_not_say_so(client: Client, jo: User, door: LazySettings) -> None:
    differ(door, second_amr=frozenset(), second_acr=frozenset())
    sign_in(client, door, amr=["mfa"], acr="")

    assert client.get("/waves/")["Location"].startswith(SECOND)


def test_a_state_works_once_and_in_one_browser(client: Client, jo: User, door: LazySettings) -> None:
    back = way_back(client, issuer_of(door), JO)

    for browser in (Client(), client, Client(), client):
        answer = browser.get(back)
        if browser is client and answer.status_code == 302:
            client.post("/sign-in/out/")
        else:
            assert "begun too long ago" in answer.content.decode()
    assert acts() == ["door.provider_entered", "door.signed_out"]


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"email_verified": False}, "has not confirmed your email address"),
        ({"email_verified": "true"}, "has not confirmed your email address"),
        ({"email": "pat@example.org"}, "Nobody who works for the survey has this email address"),
        ({"email": "chair@example.org"}, "Nobody who works for the survey has this email address"),
        ({"email": "gone@example.org"}, "You no longer work for the survey"),
    ],
)
def test_nobody_else_comes_in_and_each_is_told_why(
    client: Client, jo: User, door: LazySettings, claims: Token, words: str
) -> None:
    builders.person("chair@example.org")
    gone = builders.person("gone@example.org", role=Role.ANALYST)
    User.objects.filter(pk=gone.pk).update(is_active=False)

    answer = sign_in(client, door, **claims)

    assert (answer.status_code, words in answer.content.decode()) == (403, True)
    assert is_out(client)
    assert acts() == ["door.provider_refused"]


def test_groups_give_the_role_in_order_and_its_change_is_recorded(client: Client, jo: User, door: LazySettings) -> None:
    elsewhere = builders.sign_in(Client(), jo)
    differ(door, roles=ROLES)

    sign_in(client, door, groups=["numbers", "others"], amr="mfa")

    assert User.objects.get().role == Role.ANALYST
    assert AuditEntry.objects.get(act="staff.role_changed").detail == {
        "from": "researcher", "to": "analyst", "because": "groups at the department"
    }  # fmt: skip
    assert client.get("/waves/").status_code == 200
    assert is_out(elsewhere)
    client.post("/sign-in/out/")
    sign_in(client, door, groups=["numbers", "CN=Desk,OU=Survey"])
    assert User.objects.get().role == Role.ADMINISTRATOR


@pytest.mark.parametrize("groups", [["others"], [], "fields", None, {"field": True}])
def test_without_a_group_staff_are_out_at_once_and_everywhere(
    client: Client, jo: User, door: LazySettings, groups: object
) -> None:
    elsewhere = builders.sign_in(Client(), jo)
    differ(door, roles=ROLES)

    answer = sign_in(client, door, groups=groups)

    assert "None of your groups" in answer.content.decode()
    assert not User.objects.get().is_active
    assert is_out(client)
    assert is_out(elsewhere)
    assert acts() == ["staff.deactivated", "door.provider_refused"]


def test_the_last_administrator_without_a_group_is_out_but_stays_for_the_emergency_way(
    client: Client, jo: User, door: LazySettings
) -> None:
    User.objects.update(role=Role.ADMINISTRATOR)
    elsewhere = builders.sign_in(Client(), User.objects.get())
    differ(door, roles=ROLES)

    assert "would have no administrator" in sign_in(client, door, groups=["field"]).content.decode()

    assert is_out(client)
    assert is_out(elsewhere)
    assert (User.objects.get().is_active, User.objects.get().role) == (True, "administrator")


def test_an_address_that_changed_hands_opens_nothing_until_an_administrator_says_so(
    client: Client, jo: User, lying: StrictProvider
) -> None:
    lied_to(client, lying)
    client.post("/sign-in/out/")
    lying.lie = changed(sub="2")

    assert "used to sign in here with this email address" in lied_to(client, lying).content.decode()
    assert is_out(client)
    assert acts()[-1] == "door.provider_refused"
    desk = builders.person("desk@example.org", role=Role.ADMINISTRATOR)
    deactivate(jo, by=desk, now=timezone.now())
    reactivate(jo, by=desk, now=timezone.now())
    assert lied_to(client, lying)["Location"] == "/"


def test_one_account_of_the_department_is_never_two_people_here(
    client: Client, jo: User, lying: StrictProvider
) -> None:
    builders.person("pat@example.org", role=Role.ANALYST)
    lied_to(client, lying)
    client.post("/sign-in/out/")
    lying.lie = changed(email="pat@example.org")

    assert "used to sign in here with this email address" in lied_to(client, lying).content.decode()
    assert is_out(client)


def test_codes_are_for_chairs_and_for_the_one_who_may_break_the_glass(
    client: Client, jo: User, door: LazySettings
) -> None:
    builders.person("pat@example.org", role=Role.ADMINISTRATOR)
    builders.person("chair@example.org")
    door.STAFF_CODES, door.BREAK_GLASS_EMAIL = False, "pat@example.org"

    client.post("/sign-in/", {"email": jo.email})
    assert "signs in with their department’s own sign-in" in carry_post()[-1].body
    for email in ("pat@example.org", "chair@example.org"):
        browser = Client()
        browser.post("/sign-in/", {"email": email})
        assert browser.post("/sign-in/code/", {"code": code_in_the_post()}).status_code == 302
    assert acts() == ["door.glass_broken"]


def test_a_code_sent_before_codes_were_switched_off_is_worth_nothing(
    client: Client, jo: User, door: LazySettings
) -> None:
    client.post("/sign-in/", {"email": jo.email})
    code = code_in_the_post()
    door.STAFF_CODES = False

    client.post("/sign-in/code/", {"code": code})

    assert is_out(client)


def changed(**claims: object) -> Callable[[Token], Token]:
    return lambda token: {name: value for name, value in (token | claims).items() if value is not None}


def test_the_strict_provider_lets_in_with_pkce_and_secret(client: Client, jo: User, lying: StrictProvider) -> None:
    assert lied_to(client, lying)["Location"] == "/"
    assert lying.asked["code_challenge_method"] == "S256"
    assert not is_out(client)


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://other.example"},
        {"aud": "another"},
        {"aud": ["survey", "another"]},
        {"azp": "another"},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"nonce": "of another request"},
        {"nonce": None},
    ],
)
def test_a_token_that_does_not_fit_lets_nobody_in(
    client: Client, jo: User, lying: StrictProvider, lie: dict[str, object]
) -> None:
    lying.lie = changed(**lie)

    answer = lied_to(client, lying)

    assert (answer.status_code, "could not be confirmed" in answer.content.decode()) == (403, True)
    assert is_out(client)


def test_a_token_signed_by_another_or_by_nobody_lets_nobody_in(client: Client, jo: User, lying: StrictProvider) -> None:
    for key, algorithm in (
        (rsa.generate_private_key(public_exponent=65537, key_size=2048), "RS256"),
        (None, "none"),
        ("a secret of the test, and long enough", "HS256"),
    ):
        lying.key, lying.algorithm = key, algorithm
        assert "could not be confirmed" in lied_to(client, lying).content.decode()
        assert is_out(client)


def test_who_confirms_again_does_so_at_the_provider_and_anew(client: Client, jo: User, lying: StrictProvider) -> None:
    lying.lie = changed(amr=["mfa"])
    lied_to(client, lying)
    assert client.get(f"{SECOND}?next=/waves/")["Location"] == f"{BEGIN}?next=/waves/"

    lying.lie = changed(amr=["mfa"], auth_time=1_000_000_000)
    assert lied_to(client, lying).status_code == 403
    lying.lie = changed(amr=["pwd"])
    assert lied_to(client, lying).status_code == 403
    assert "door.confirmed" not in acts()
    lying.lie = changed(amr=["mfa"])
    assert lied_to(client, lying, begin=f"{BEGIN}?next=/waves/")["Location"] == "/waves/"
    assert (lying.asked["prompt"], lying.asked["max_age"]) == ("login", "0")
    assert acts()[-1] == "door.confirmed"


def test_a_provider_that_is_away_or_is_another_is_a_plain_page(
    client: Client, jo: User, lying: StrictProvider, settings: LazySettings
) -> None:
    assert "without letting you in" in client.get(
        BACK, {"state": asked_of(client.post(BEGIN))["state"], "error": "access_denied"}
    ).content.decode()  # fmt: skip
    for issuer in (f"http://127.0.0.1:{free_port()}", lying.issuer.replace("127.0.0.1", "localhost")):
        settings.SIGN_IN_PROVIDER = SETTINGS | {"issuer": issuer}
        answer = client.post(BEGIN)
        assert (answer.status_code, "cannot be reached" in answer.content.decode()) == (503, True)


@pytest.mark.parametrize("moved", ["/.well-known/openid-configuration", "/jwks_uri", "/token_endpoint"])
def test_a_call_to_the_provider_follows_no_redirect(
    client: Client, jo: User, lying: StrictProvider, moved: str
) -> None:
    lying.asked = asked_of(client.post(BEGIN))
    lying.moved = moved

    answer = client.get(BACK, {"state": lying.asked["state"], "code": "any"})

    assert (answer.status_code, is_out(client)) == (503, True)
    lying.moved = ""
    assert lied_to(client, lying)["Location"] == "/"


def test_nobody_is_signed_in_without_pressing(client: Client, jo: User, door: LazySettings) -> None:
    page = client.get(f"{BEGIN}?next=/waves/")

    assert (page.status_code, page.has_header("Refresh")) == (200, False)
    assert "Continue to the test department" in page.content.decode()
    assert Client(enforce_csrf_checks=True).post(BEGIN).status_code == 403


def test_without_a_provider_its_door_is_not_there(client: Client) -> None:
    assert (client.get(BEGIN).status_code, client.get(BACK).status_code) == (404, 404)
    assert "If you work" not in client.get("/sign-in/").content.decode()


def test_after_a_change_of_issuer_a_command_lets_everybody_be_tied_anew() -> None:
    jo = builders.person("jo@example.org", role=Role.RESEARCHER)

    def come(issuer: str) -> User:
        by = Provider(issuer=f"https://{issuer}.example.org", **SETTINGS)  # type: ignore[arg-type]
        return person_let_in(identity_of({**JO, "sub": "1"}, by=by), now=timezone.now())

    assert come("former") == jo
    with pytest.raises(NotSignedIn, match="Somebody else"):
        come("present")
    said = StringIO()
    call_command("forget_provider_accounts", stdout=said)

    assert come("present") == jo
    assert said.getvalue().startswith("1 accounts at the provider are forgotten")
    assert AuditEntry.objects.get(act="door.provider_forgotten").detail == {"people": 1}
