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

    def allows(self, person: User | AnonymousUser) -> bool:
        """Whether this signed-in person may open the route."""
        return self.roles is None or (isinstance(person, User) and person.role in self.roles)


def _declare(rule: Rule) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.rule = rule  # type: ignore[attr-defined]
        return view

    return mark


public = _declare(Rule("anyone", None, needs_sign_in=False))
signed_in = _declare(Rule("anyone signed in", None))


def staff(*roles: Role) -> Callable[[View], View]:
    """Only staff with one of these roles; administrators are not let in unless named."""
    return _declare(Rule(" or ".join(roles), frozenset(roles)))


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """The rule that this view declares, if it declares one."""
    return getattr(view, "rule", None)
