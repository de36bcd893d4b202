"""The navigation between the staff's pages of one wave."""

from dataclasses import dataclass

from django import template
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import resolve, reverse

from accounts.models import User
from accounts.rules import rule_of
from survey.models import Wave

register = template.Library()
PLACES = (
    ("Response", "monitoring:wave"),
    ("Messages", "team:threads"),
    ("Tables", "explorer:tables"),
    ("Report", "builds:report"),
)


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    name: str
    address: str
    is_here: bool


@register.inclusion_tag("analysis/navigation.html", takes_context=True)
def staff_navigation(context: template.Context, wave: Wave, here: str) -> dict[str, object]:
    """The pages of this wave that the person's role may open."""
    request: HttpRequest = context["request"]
    places = [
        Place(name, reverse(route, args=[wave.slug]), name == here)
        for name, route in PLACES
        if _may_open(route, wave, request.user)
    ]
    return {"wave": wave, "places": places}


def _may_open(route: str, wave: Wave, person: User | AnonymousUser) -> bool:
    rule = rule_of(resolve(reverse(route, args=[wave.slug])).func)
    return rule is not None and rule.allows(person)
