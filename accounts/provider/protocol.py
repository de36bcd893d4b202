"""The authorisation code flow with PKCE, on allauth's client and its single-use states. No token outlives a call."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.statekit import stash_state, unstash_state
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.http import HttpRequest
from django.urls import reverse
from requests import RequestException

from accounts.onwards import whole_address
from accounts.provider.claims import Claims
from accounts.provider.configured import Provider
from accounts.provider.refusals import AWAY, BEGIN_AGAIN, CANCELLED, NOT_TRUE, NotSignedIn, ProviderAway
from accounts.provider.tokens import Untrue, read_token

STATE = "department"  # under this name allauth keeps what was begun, ten minutes at most
SCOPES = ["openid", "profile", "email"]
AT_HOME = {"localhost", "127.0.0.1"}


@dataclass(frozen=True)
class Answer:
    """What came back of a sign-in that was begun here."""

    claims: Claims
    onwards: str
    again: bool


def begin_at(found: Provider, request: HttpRequest, *, onwards: str, again: bool, now: datetime) -> str:
    """The provider's address to send the browser to; `again` asks the person to prove themselves anew."""
    about = _discover(found)
    pkce, nonce = generate_code_challenge(), secrets.token_urlsafe(32)
    kept = {"onwards": onwards, "nonce": nonce, "verifier": pkce.pop("code_verifier"), "again": again}
    client = _client(found, about)
    client.state = secrets.token_urlsafe(32)
    stash_state(request, provider_id=STATE, state=kept | {"begun": now.timestamp()}, state_id=client.state)
    asked = {"nonce": nonce, **pkce, **({"prompt": "login", "max_age": "0"} if again else {})}
    return str(client.get_redirect_url(about["authorization_endpoint"], SCOPES, asked))


def answer_of(found: Provider, request: HttpRequest) -> Answer:
    """What the provider answered, checked; a refusal otherwise. A state works once, in the browser that began."""
    state = unstash_state(request, provider_id=STATE, state_id=request.GET.get("state", ""))
    if state is None:
        raise NotSignedIn(BEGIN_AGAIN)
    if request.GET.get("iss", found.issuer) != found.issuer:
        raise NotSignedIn(NOT_TRUE)
    if "code" not in request.GET:
        raise NotSignedIn(CANCELLED)
    since = datetime.fromtimestamp(state["begun"], UTC) if state["again"] else None
    token, keys = _exchange(found, request.GET["code"], verifier=state["verifier"])
    try:
        claims = read_token(token, keys=keys, by=found, nonce=state["nonce"], since=since)
    except Untrue:
        raise NotSignedIn(NOT_TRUE) from None
    return Answer(claims, state["onwards"], state["again"])


def _exchange(found: Provider, code: str, *, verifier: str) -> tuple[str, dict[str, Any]]:
    """The identity token for this code, and the keys it must be signed with."""
    about = _discover(found)
    try:
        given = _client(found, about).get_access_token(code, pkce_code_verifier=verifier)
    except OAuth2Error:
        raise NotSignedIn(NOT_TRUE) from None  # its words hold what the provider sent
    except (RequestException, ValueError, KeyError):
        raise ProviderAway(AWAY) from None
    token = given.get("id_token")
    if not isinstance(token, str):
        raise NotSignedIn(NOT_TRUE)
    return token, _fetched(about["jwks_uri"])


def _discover(found: Provider) -> dict[str, Any]:
    """What the provider says of itself: it must be who the settings say, and all its addresses as safe as that."""
    about = _fetched(f"{found.issuer.rstrip('/')}/.well-known/openid-configuration")
    addresses = [about.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if about.get("issuer") != found.issuer or not all(_is_safe(address) for address in addresses):
        raise ProviderAway(AWAY)
    return about


def _is_safe(address: object) -> bool:
    parts = urlsplit(address if isinstance(address, str) else "")
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in AT_HOME)


def _fetched(address: str) -> dict[str, Any]:
    try:
        with get_adapter().get_requests_session() as session:
            answer = session.get(address)
            answer.raise_for_status()
            found = answer.json()
    except (RequestException, ValueError):
        raise ProviderAway(AWAY) from None
    if not isinstance(found, dict):
        raise ProviderAway(AWAY)
    return found


def _client(found: Provider, about: dict[str, Any]) -> Any:  # noqa: ANN401 -- allauth ships no types
    takes = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    back = whole_address(reverse("provider_back"))
    return OAuth2Client(
        None,
        found.client_id,
        found.client_secret,
        "POST",
        about["token_endpoint"],
        back,
        basic_auth="client_secret_post" not in takes,
    )
