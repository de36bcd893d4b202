"""What the environment says of the provider that staff sign in through: whole, or refused."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from config.env import Environment

STAFF_ROLES = ("researcher", "analyst", "administrator")
AT_HOME = {"localhost", "127.0.0.1"}
NEEDED = ("oidc_issuer", "oidc_client_id", "oidc_client_secret")
FURTHER = ("oidc_roles", "oidc_second_amr", "oidc_second_acr")


def provider_of(environment: "Environment") -> dict[str, object]:
    """The provider, for settings."""
    return {
        "issuer": environment.oidc_issuer,
        "client_id": environment.oidc_client_id,
        "client_secret": environment.oidc_client_secret.get_secret_value(),
        "name": environment.oidc_name,
        "groups_claim": environment.oidc_groups_claim,
        "roles": _roles(environment.oidc_roles),
        "second_amr": frozenset(_parts(environment.oidc_second_amr, ",")),
        "second_acr": frozenset(_parts(environment.oidc_second_acr, ",")),
        "emails_confirmed": environment.oidc_emails_confirmed == "true",
    }


def provider_problems(environment: "Environment") -> Iterator[str]:
    """What is missing or wrong, a sentence each, without the full stop."""
    given = {name: _said(environment, name) for name in (*NEEDED, *FURTHER)}
    missing = [name.upper() for name in NEEDED if not given[name]]
    if any(given.values()) and missing:
        yield f"sign-in through a provider needs {', '.join(missing)} too"
    if environment.oidc_issuer and not _is_issuer(environment.oidc_issuer):
        yield "OIDC_ISSUER must be the provider's address as it names itself, such as https://login.example.gov.uk"
    if not all(group and role in STAFF_ROLES for group, role in _roles(environment.oidc_roles)):
        yield f"OIDC_ROLES must be group=role; group=role, each role one of {', '.join(STAFF_ROLES)}"
    if environment.oidc_issuer and not (environment.oidc_name.strip() and environment.oidc_groups_claim.strip()):
        yield "OIDC_NAME and OIDC_GROUPS_CLAIM must not be empty"
    if environment.oidc_emails_confirmed == "true" and not environment.oidc_issuer:
        yield "OIDC_EMAILS_CONFIRMED has a meaning only with OIDC_ISSUER"
    yield from _problems_without_codes(environment)


def _problems_without_codes(environment: "Environment") -> Iterator[str]:
    email = environment.break_glass_email
    if environment.staff_codes == "false" and not environment.oidc_issuer:
        yield "STAFF_CODES=false needs OIDC_ISSUER: staff would have no way in"
    if email and environment.staff_codes == "true":
        yield "BREAK_GLASS_EMAIL has a meaning only with STAFF_CODES=false"
    if email and (email.count("@") != 1 or email != email.strip().lower()):
        yield "BREAK_GLASS_EMAIL must be one address in lower case, such as pat.reid@example.gov.uk"


def _roles(text: str) -> tuple[tuple[str, str], ...]:
    pairs = [part.rpartition("=") for part in _parts(text, ";")]  # a group's own name may hold = and commas
    return tuple((group.strip(), role.strip()) for group, _, role in pairs)


def _parts(text: str, between: str) -> list[str]:
    return [part.strip() for part in text.split(between) if part.strip()]


def _is_issuer(text: str) -> bool:
    parts = urlsplit(text)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in AT_HOME)
    return bool(is_safe and parts.hostname and not parts.query and not parts.fragment)


def _said(environment: "Environment", name: str) -> str:
    value = getattr(environment, name)
    return str(value if isinstance(value, str) else value.get_secret_value())
