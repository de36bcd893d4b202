"""The people on a return: who is asked for what now, and who was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from respondents.portal.pages.place import Place, place_of
from respondents.portal.words import past_in_words, person_in_words
from respondents.returns.models import Return
from respondents.together.models import Contribution, Part

PART_FORM = "respondents/together/form.html"


@dataclass(frozen=True)
class PersonCard:
    """Somebody who works on the return, and the ways to change that."""

    name: str
    email: str
    asked: str
    invited: str
    change_url: str
    remove_url: str


@dataclass(frozen=True)
class PeoplePage:
    """Everybody who works on the return beside its chair."""

    place: Place
    cards: tuple[PersonCard, ...]
    earlier: tuple[str, ...]
    invite_url: str
    succession_url: str
    tasks_url: str


@dataclass(frozen=True)
class FormPage:
    """A page that holds one form."""

    place: Place
    title: str
    lead: str
    back_url: str
    back_words: str


def people_page(found: Return, contributions: Iterable[Contribution], *, person: User, now: datetime) -> PeoplePage:
    """Who is asked for what now, the earliest first, and what has ended."""
    all_of_them = tuple(contributions)
    return PeoplePage(
        place=place_of(found, now=now),
        cards=tuple(_card(found, each, person=person, now=now) for each in all_of_them if each.removed_at is None),
        earlier=tuple(_ended(found, each, person=person, now=now) for each in all_of_them if each.removed_at),
        invite_url=reverse("together:invite", args=[found.pk]),
        succession_url=reverse("together:succession", args=[found.pk]),
        tasks_url=reverse("portal:tasks", args=[found.pk]),
    )


def form_page(found: Return, *, title: str, lead: str, back: str, back_words: str, now: datetime) -> FormPage:
    """What stands around a form; `back` is the name of the page it was opened from."""
    return FormPage(place_of(found, now=now), title, lead, reverse(back, args=[found.pk]), back_words)


def asked_in_words(found: Return, contribution: Contribution) -> str:
    """What somebody is asked to do: “Signs the return”, “All sections”, or the sections by title."""
    if contribution.part == Part.SIGNER:
        return str(Part.SIGNER.label)
    sections = found.wave.questionnaire.sections
    titles = [section.title for section in sections if section.code in contribution.sections]
    return "All sections" if len(titles) == len(sections) else "; ".join(titles)


def _card(found: Return, contribution: Contribution, *, person: User, now: datetime) -> PersonCard:
    arguments = [found.pk, contribution.pk]
    by = person_in_words(contribution.invited_by, reader=person)
    return PersonCard(
        name=str(contribution.person),
        email=contribution.person.email,
        asked=asked_in_words(found, contribution),
        invited=f"By {by}, {past_in_words(contribution.invited_at, now=now)}",
        change_url="" if contribution.part == Part.SIGNER else reverse("together:change", args=arguments),
        remove_url=reverse("together:remove", args=arguments),
    )


def _ended(found: Return, contribution: Contribution, *, person: User, now: datetime) -> str:
    if contribution.removed_at is None or contribution.removed_by is None:
        raise ValueError("This contribution is in force.")
    by = person_in_words(contribution.removed_by, reader=person)
    when = past_in_words(contribution.removed_at, now=now)
    return f"{contribution.person}: {asked_in_words(found, contribution)}. Ended by {by} {when}."
