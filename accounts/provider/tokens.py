"""The identity token: believed only when signed by the provider, for us, now, and in answer to this very request."""

from collections.abc import Mapping
from datetime import datetime
from hmac import compare_digest
from typing import Any

import jwt

from accounts.provider.claims import Claims
from accounts.provider.configured import Provider

SIGNED_BY_KEY_PAIR = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
NEEDED = ["exp", "iat", "iss", "aud", "sub"]
CLOCKS_DIFFER = 30  # seconds


class Untrue(Exception):
    """The token is not to be believed; no word of it is kept."""


def read_token(token: str, *, keys: Mapping[str, Any], by: Provider, nonce: str, since: datetime | None) -> Claims:
    """What the token says; `Untrue` if anything does not fit. With `since`, the person proved themselves after it."""
    try:
        claims: Claims = jwt.decode(
            token,
            key=_key(token, keys),
            algorithms=SIGNED_BY_KEY_PAIR,
            audience=by.client_id,
            issuer=by.issuer,
            leeway=CLOCKS_DIFFER,
            options={"require": NEEDED},
        )
    except (jwt.PyJWTError, KeyError, TypeError, ValueError):
        raise Untrue from None
    _require(compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()))
    _require(claims.get("azp", by.client_id) == by.client_id)
    _require(isinstance(claims["aud"], str) or "azp" in claims or len(claims["aud"]) == 1)
    _require(since is None or _proved_since(claims.get("auth_time"), since))
    return claims


def _key(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    kid = jwt.get_unverified_header(token).get("kid")
    signing = [key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys if key.public_key_use in {None, "sig"}]
    fitting = signing if kid is None else [key for key in signing if key.key_id == kid]
    if len(fitting) != 1:
        raise KeyError("no one key fits")
    return fitting[0]


def _proved_since(at: object, since: datetime) -> bool:
    is_number = isinstance(at, int | float) and not isinstance(at, bool)
    return is_number and float(at) >= since.timestamp() - CLOCKS_DIFFER  # type: ignore[arg-type]  # seen above


def _require(is_so: bool) -> None:  # noqa: FBT001 -- what is required is all it takes
    if not is_so:
        raise Untrue
