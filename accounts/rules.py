"""Who may open a route. Every view declares one rule; a route without one stops the start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser

from accounts.models import Role, User

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Rule:
    """A named answer to: may this person be here?"""

    name: str
    roles: frozenset[Role] | None
    needs_sign_in: bool = True
    at_door: bool = False  # open to staff who have yet to pass the second step
    step_up: bool = False  # wants the second step again if it was passed more than ten minutes ago
    needs_database: bool = True  # one that never asks it must not fail with it
    is_background: bool = False  # asked for by a page by itself: no sign that a person is there

    def allows(self, person: User | AnonymousUser) -> bool:
        """Whether this signed-in person may open the route."""
        return self.roles is None or (isinstance(person, User) and person.role in self.roles)


def _declare(rule: Rule) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.rule = rule  # type: ignore[attr-defined]
        return view

    return mark


public = _declare(Rule("anyone", None, needs_sign_in=False))
public_without_database = _declare(Rule("anyone", None, needs_sign_in=False, needs_database=False))
signed_in = _declare(Rule("anyone signed in", None))
signed_in_at_door = _declare(Rule("anyone signed in, also before the second step", None, at_door=True))


def staff(
    *roles: Role, step_up: bool = False, at_door: bool = False, is_background: bool = False
) -> Callable[[View], View]:
    """Only staff with one of these roles; administrators are not let in unless named.

    `step_up` asks for the second step again if it was passed more than ten minutes ago: for exports, changes of role
    and answers. Put it on the page that shows the form too, so that people are asked before they fill it in.
    """
    name = " or ".join(sorted(roles))
    return _declare(Rule(name, frozenset(roles), at_door=at_door, step_up=step_up, is_background=is_background))


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """The rule that this view declares, if it declares one."""
    return getattr(view, "rule", None)
