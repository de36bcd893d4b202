"""What a checked identity token says of a person. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.digests import digest_of
from accounts.models import Role
from accounts.provider.configured import Provider

Claims = Mapping[str, Any]


@dataclass(frozen=True)
class Identity:
    """Who the provider says this is."""

    account: str  # a digest of what the provider calls this person for ever, whatever their address
    email: str
    is_verified: bool
    role: Role | None  # what their groups give them
    gives_roles: bool  # whether groups decide at all
    did_second: bool


def identity_of(claims: Claims, *, by: Provider) -> Identity:
    """The person, read strictly: a value of an unexpected kind counts as not there."""
    email = claims.get("email")
    return Identity(
        account=digest_of([by.issuer, claims.get("sub")]),
        email=email.strip().lower() if isinstance(email, str) else "",
        is_verified=claims.get("email_verified", by.emails_confirmed) is True,
        role=_role(_words(claims.get(by.groups_claim)), by=by),
        gives_roles=bool(by.roles),
        did_second=bool(_words(claims.get("amr")) & by.second_amr or _words(claims.get("acr")) & by.second_acr),
    )


def _role(groups: frozenset[str], *, by: Provider) -> Role | None:
    return next((role for group, role in by.roles if group in groups), None)


def _words(value: object) -> frozenset[str]:
    listed = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return frozenset(each for each in listed if isinstance(each, str))
