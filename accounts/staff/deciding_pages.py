"""What is shown of a role that waits for approval, ready to print."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Role, User
from accounts.staff.granting import ALONE
from accounts.staff.models import Decision, RoleRequest
from accounts.staff.roles import WHAT_THEY_DO


@dataclass(frozen=True)
class WaitingRow:
    """One request in the list."""

    words: str
    url: str
    asked_by: str


@dataclass(frozen=True)
class RequestPage:
    """One request: what it is about, and what the person who looks may do."""

    request: RoleRequest
    role: str
    role_before: str
    state: str
    hint: str
    approve_url: str
    end_url: str
    end_words: str


def waiting_rows(found: Iterable[RoleRequest]) -> list[WaitingRow]:
    """The list."""
    return [
        WaitingRow(f"{each} as {Role(each.role).label.lower()}", _url("request", each), str(each.asked_by))
        for each in found
    ]


def request_page(found: RoleRequest, *, seen_by: User) -> RequestPage:
    """One request, as this administrator sees it."""
    waits, is_own = not found.decision, found.asked_by_id == seen_by.pk
    hint = f"You asked for this, so another administrator approves it. {ALONE.format(found.pk)}"
    return RequestPage(
        found,
        role=f"{Role(found.role).label}. {WHAT_THEY_DO[Role(found.role)]}",
        role_before=Role(found.role_before).label if found.role_before else "None: somebody new",
        state=_state(found),
        hint=hint if waits and is_own else "",
        approve_url=_url("approve", found) if waits and not is_own else "",
        end_url=_url("end", found) if waits else "",
        end_words="Take it back" if is_own else "Refuse",
    )


def _state(found: RoleRequest) -> str:
    if not found.decision:
        return "Waits for approval"
    return f"{Decision(found.decision).label} by {found.decided_by or 'an operator of the machine'}"


def _url(name: str, found: RoleRequest) -> str:
    return reverse(f"people:{name}", args=[found.pk])
