"""What the staff's pages on publications say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.urls import reverse

from accounts.models import User
from analysis.publishing.checks import Check
from analysis.publishing.early import in_force
from analysis.publishing.ground import Ground
from analysis.publishing.models import AccessKind, EarlyAccess
from analysis.publishing.public.finding import Found
from analysis.publishing.public.pages import PublicationPage, publication_page
from analysis.publishing.standing import Out, Standing, sign_off_of
from analysis.publishing.steps import Step, steps_of
from survey.models import Wave
from survey.moments import moment_in_words

TEAM = "This is how the public will see it. It is for the team until its moment."


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
    early: tuple[Person, ...]
    production: tuple[Person, ...]
    analysts: str
    early_url: str
    give_url: str
    correct_url: str
    withdraw_url: str


@dataclass(frozen=True)
class EditionPage:
    """An edition as it would be seen, its checks, and whether this reader may sign it."""

    wave: Wave
    title: str
    words: str
    checks: tuple[Check, ...]
    shown: PublicationPage
    sign_url: str
    back_url: str


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
        early=tuple(_people(lists, AccessKind.EARLY, address)),
        production=tuple(_people(lists, AccessKind.PRODUCTION, address)),
        analysts=_analysts(),
        early_url=reverse("publications:early", args=[publication.slug]),
        give_url="" if standing.is_out(now=ground.now) else reverse("publishing:give", args=address),
        correct_url=reverse("publishing:prepare", args=address) if may_change else "",
        withdraw_url=reverse("publishing:withdraw", args=address) if may_change else "",
    )


def edition_page(ground: Ground, *, reader: User) -> EditionPage | None:
    """The last edition as the public would see it; nothing while there is none."""
    edition, standing = ground.edition, ground.standing
    if edition is None:
        return None
    address = [ground.wave.slug, standing.publication.pk]
    signed, is_own = sign_off_of(edition), reader == edition.prepared_by
    moment = standing.moment if standing.moment and not edition.corrects_id else ground.now
    words = "Not signed off yet."
    if signed:
        words = f"Signed off by {signed.by} on {moment_in_words(signed.at)}."
    elif is_own:
        words = "You prepared it. Somebody else of the team reads it and signs it off."
    return EditionPage(
        wave=ground.wave,
        title=f"Edition {edition.number}",
        words=words,
        checks=ground.checks,
        shown=publication_page(
            Found(standing, Out(edition, moment)), now=ground.now, embargo=TEAM, place=partial(_table_url, address)
        ),
        sign_url="" if signed or is_own else reverse("publishing:sign", args=[*address, edition.number]),
        back_url=reverse("publishing:workflow", args=address),
    )


def _table_url(address: list[object], table: str) -> str:
    return reverse("publishing:table", args=[*address, table])


def _people(lists: list[EarlyAccess], kind: AccessKind, address: list[object]) -> Iterator[Person]:
    for each in lists:
        if each.kind == kind:
            hours = f", {each.hours} {'hour' if each.hours == 1 else 'hours'} before" if each.hours else ""
            words = f"{each.name} ({each.person}), {each.role}{hours}: {each.reason}"
            yield Person(words, reverse("publishing:end_access", args=[*address, each.pk]))


def _analysts() -> str:
    """Who can open these pages by their role."""
    found = User.objects.filter(role="analyst", is_active=True).order_by("name", "email")
    return ", ".join(map(str, found)) or "nobody"
