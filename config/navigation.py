"""The way between the staff's pages: the whole house above, the pages of one wave below, its analysis below these.

A built-in tag of every template, since no room may know the rooms to its left.
"""

from dataclasses import dataclass, replace

from django import template
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils import timezone

from accounts.models import User
from accounts.outbox.health import post_trouble
from accounts.rules import rule_of
from accounts.second.marks import has_passed
from respondents.correspondence.overview import waiting_boards
from survey.models import Wave
from survey.moments import moment_in_words

register = template.Library()
MESSAGES = "Messages"
# What it is called, where it leads, and the namespaces whose pages belong to it, or single views.
HOUSE = (
    (
        "Waves",
        "monitoring:waves",
        {
            "monitoring",
            "helping",
            "answers",
            "contacts",
            "succession",
            "team",
            "nonresponse",
            "plan_tables",
            "disclosing",
            "publishing",
            "exploring",
            "opentext",
            "codebook",
            "depositing",
            "builds",
            "templating",
            "life",
            "milestones",
            "comparators",
            "waves_compared",
        },
    ),
    ("Register", "register:boards", {"register"}),
    ("Questionnaires", "authoring:versions", {"authoring", "preview"}),
    ("Calendar", "calendar:page", {"calendar"}),
    ("People", "people:people", {"people"}),
    ("House style", "house_style:page", {"house_style"}),
    ("Audit", "audit:entries", {"audit"}),
    ("Backups", "backups:backups", {"backups"}),
    ("Retention", "retention:page", {"retention"}),
)
PERMISSIONS = {"opentext:permissions", "opentext:given", "opentext:declined"}
WAVE = (
    ("Tasks", "life:tasks", {"life", "milestones"}),
    ("Response", "monitoring:wave", {"monitoring"}),
    ("Boards", "helping:boards", {"helping", "succession"}),
    ("Contacts", "contacts:overview", {"contacts"}),
    (MESSAGES, "team:threads", {"team"}),
    ("Answers", "answers:list", {"answers"}),
    (
        "Analysis",
        "nonresponse:page",
        {
            "nonresponse",
            "plan_tables",
            "exploring",
            "opentext",
            "comparators",
            "waves_compared",
            "disclosing",
            "publishing",
            "codebook",
            "depositing",
        },
    ),
    ("Permissions", "opentext:permissions", PERMISSIONS),
    ("Report", "builds:report", {"builds", "templating"}),
)
# In the order of an analyst's work.
ANALYSIS = (
    ("Non-response", "nonresponse:page", {"nonresponse"}),
    ("Tables", "plan_tables:tables", {"plan_tables:tables", "plan_tables:every_table", "plan_tables:table"}),
    ("Explore", "exploring:explore", {"exploring"}),
    ("Open text", "opentext:items", {"opentext"}),
    ("Comparators", "comparators:list", {"comparators", "waves_compared"}),
    ("Findings", "plan_tables:findings", {"plan_tables:findings"}),
    ("What may leave", "disclosing:page", {"disclosing"}),
    ("Publication", "publishing:publications", {"publishing"}),
    ("Codebook", "codebook:page", {"codebook"}),
    ("Data and deposit", "depositing:page", {"depositing"}),
    ("Printed figures", "plan_tables:printed", {"plan_tables:printed"}),
)
# Before a wave opens it has no returns, and these pages only.
OF_DRAFTS = frozenset({"life:tasks", "contacts:overview"})


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    name: str
    address: str
    is_here: bool
    waits: str = ""


@register.inclusion_tag("components/house_navigation.html", takes_context=True)
def house_navigation(context: template.Context) -> dict[str, object]:
    """Where this member of staff may go from anywhere."""
    return {"places": _places(context["request"], HOUSE)}


@register.inclusion_tag("components/wave_navigation.html", takes_context=True)
def wave_navigation(context: template.Context, wave: Wave) -> dict[str, object]:
    """The pages of this wave that the person's role may open; above them, whether the post goes."""
    known = tuple(place for place in WAVE if place[1] in OF_DRAFTS) if wave.is_draft else WAVE
    waits_since = post_trouble(now=timezone.now())
    post = f"The post has not gone since {moment_in_words(waits_since)}." if waits_since else ""
    places = _places(context["request"], known, wave.slug)
    waiting = [_with_what_waits(wave, place) for place in places]
    return {"wave": wave, "places": waiting, "analysis": _analysis(context["request"], wave), "post": post}


def _analysis(request: HttpRequest, wave: Wave) -> list[Place]:
    """The analyst's pages, on each of them; nothing elsewhere."""
    found = _places(request, ANALYSIS, wave.slug)
    return found if any(place.is_here for place in found) else []


def _with_what_waits(wave: Wave, place: Place) -> Place:
    """The messages say how many boards wait for the team: one query, for those alone who may read them."""
    if place.name != MESSAGES:
        return place
    waiting = waiting_boards(wave)
    return replace(place, waits=f"{waiting} {'board waits' if waiting == 1 else 'boards wait'}" if waiting else "")


def _places(request: HttpRequest, known: tuple[tuple[str, str, set[str]], ...], *arguments: str) -> list[Place]:
    if not has_passed(request.session):
        return []
    here = _here(request, known)
    addresses = [(name, reverse(route, args=arguments), spaces) for name, route, spaces in known]
    return [
        Place(name, address, here in spaces) for name, address, spaces in addresses if _may_open(address, request.user)
    ]


def _here(request: HttpRequest, known: tuple[tuple[str, str, set[str]], ...]) -> str:
    """The view, where one of these places is for it alone; otherwise its namespace."""
    if not request.resolver_match:
        return ""
    view = request.resolver_match.view_name
    return view if any(view in spaces for _, _, spaces in known) else request.resolver_match.namespace


def _may_open(address: str, person: User | AnonymousUser) -> bool:
    rule = rule_of(resolve(address).func)
    return rule is not None and rule.allows(person)
