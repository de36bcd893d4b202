"""What the staff's pages on publications say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from accounts.onwards import whole_address
from analysis.publishing.checks import Check
from analysis.publishing.early import in_force
from analysis.publishing.ground import Ground
from analysis.publishing.models import AccessKind, EarlyAccess
from analysis.publishing.standing import Standing
from analysis.publishing.steps import Step, steps_of
from survey.counting import counted
from survey.models import Wave
from survey.moments import moment_in_words


@dataclass(frozen=True)
class Line:
    """One publication of the wave."""

    title: str
    url: str
    state: str


@dataclass(frozen=True)
class Person:
    """Somebody on a list."""

    words: str
    end_url: str


@dataclass(frozen=True)
class WorkflowPage:
    """One publication with its steps."""

    wave: Wave
    title: str
    lead: str
    steps: tuple[Step, ...]
    checks: tuple[Check, ...]
    is_under_way: bool
    early: tuple[Person, ...]
    production: tuple[Person, ...]
    analysts: str
    early_url: str
    give_url: str
    correct_url: str
    withdraw_url: str


def lines_of(found: tuple[Standing, ...], *, now: datetime) -> tuple[Line, ...]:
    """The publications of a wave."""
    return tuple(
        Line(
            each.publication.title,
            reverse("publishing:workflow", args=[each.publication.wave.slug, each.publication.pk]),
            state_words(each, now=now),
        )
        for each in found
    )


def state_words(standing: Standing, *, now: datetime) -> str:
    """How far it is, in one sentence."""
    current, moment = standing.current(now=now), standing.moment
    if standing.withdrawal:
        return f"Withdrawn on {moment_in_words(standing.withdrawal.at)}."
    if current:
        corrected = f", corrected on {moment_in_words(current.moment)}" if current.edition.corrects_id else ""
        return f"Out since {moment_in_words(standing.committed[0].moment)}{corrected}."
    if standing.committed:
        return f"Under embargo until {moment_in_words(standing.committed[0].moment)}."
    if moment is None:
        return "Not announced yet, and not signed off."
    return f"Announced for {moment_in_words(moment)}; no edition is signed off."


def workflow_page(ground: Ground) -> WorkflowPage:
    """The steps of one publication, with who may see it early and what can be done once it is out."""
    standing = ground.standing
    publication, address = standing.publication, [ground.wave.slug, standing.publication.pk]
    may_change = standing.is_out(now=ground.now) and not standing.withdrawal
    lists = list(in_force(publication).select_related("given_by"))
    return WorkflowPage(
        wave=ground.wave,
        title=publication.title,
        lead=state_words(standing, now=ground.now),
        steps=steps_of(ground),
        checks=ground.checks,
        is_under_way=any(check.is_under_way for check in ground.checks),
        early=tuple(_people(lists, AccessKind.EARLY, address)),
        production=tuple(_people(lists, AccessKind.PRODUCTION, address)),
        analysts=_analysts(),
        early_url=whole_address(reverse("publications:early", args=[publication.slug])),
        give_url="" if standing.is_out(now=ground.now) else reverse("publishing:give", args=address),
        correct_url=reverse("publishing:prepare", args=address) if may_change else "",
        withdraw_url=reverse("publishing:withdraw", args=address) if may_change else "",
    )


def _people(lists: list[EarlyAccess], kind: AccessKind, address: list[object]) -> Iterator[Person]:
    for each in lists:
        if each.kind == kind:
            hours = f", {counted(each.hours, 'hour')} before" if each.hours else ""
            words = f"{each.name} ({each.person}), {each.role}{hours}: {each.reason}"
            yield Person(words, reverse("publishing:end_access", args=[*address, each.pk]))


def _analysts() -> str:
    """Who can open these pages by their role."""
    found = User.objects.filter(role="analyst", is_active=True).order_by("name", "email")
    return ", ".join(map(str, found)) or "nobody"
