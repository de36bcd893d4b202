"""What the settings say of the provider, in one typed value."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404

from accounts.models import Role, User


@dataclass(frozen=True)
class Provider:
    """The department's provider, as the environment describes it."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    groups_claim: str = "groups"
    roles: tuple[tuple[str, Role], ...] = ()  # group to role, in order of precedence; none: roles are given here
    second_amr: frozenset[str] = frozenset()  # an amr value that says the provider asked for a second step
    second_acr: frozenset[str] = frozenset()
    emails_confirmed: bool = False  # the department gives its addresses itself, and its tokens do not say so


def provider() -> Provider | None:
    """The provider, if there is one."""
    if settings.SIGN_IN_PROVIDER is None:
        return None
    found: dict[str, Any] = dict(settings.SIGN_IN_PROVIDER)
    return Provider(**found | {"roles": tuple((group, Role(role)) for group, role in found["roles"])})


def provider_or_404() -> Provider:
    """The provider; without one its pages are not there."""
    found = provider()
    if found is None:
        raise Http404
    return found


def may_use_codes(person: User) -> bool:
    """Whether this person may sign in with an emailed code: respondents always, staff by setting or in emergency."""
    return not person.is_staff or settings.STAFF_CODES or breaks_glass(person)


def breaks_glass(person: User) -> bool:
    """Whether this is the one administrator who may still use a code while other staff may not."""
    is_named = bool(settings.BREAK_GLASS_EMAIL) and person.email == settings.BREAK_GLASS_EMAIL
    return not settings.STAFF_CODES and is_named and person.role == Role.ADMINISTRATOR
