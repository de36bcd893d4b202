"""Addresses of exploratory tables, and the tables before and after one in the questionnaire."""

from dataclasses import dataclass, replace

from django.urls import reverse

from analysis.exploring.choice import Choice
from analysis.exploring.choices import Named, items_of, things
from survey.models import Wave


@dataclass(frozen=True)
class Link:
    """A way on, and what it is called."""

    words: str
    url: str


def address(wave: Wave, choice: Choice) -> str:
    """Where this table is shown."""
    return f"{reverse('exploring:explore', args=[wave.slug])}?{choice.query}"


def neighbours(wave: Wave, choice: Choice) -> tuple[Link | None, Link | None]:
    """The same table of the item before and of the one after; of a battery, of the batteries before and after."""
    found = [each for each in _alike(wave, choice) if not _is_broken_down_by_itself(wave, each[0], choice.by)]
    place = [code for code, _ in found].index(choice.item)
    before = _link(wave, choice, found[place - 1]) if place else None
    return before, _link(wave, choice, found[place + 1]) if place + 1 < len(found) else None


def _alike(wave: Wave, choice: Choice) -> list[Named]:
    items = wave.questionnaire.items
    every = [named for _, group in things(wave.questionnaire) for named in group]
    return [named for named in every if (named[0] in items) == (choice.item in items)]


def _is_broken_down_by_itself(wave: Wave, code: str, by: str) -> bool:
    return by in {item.code for item in items_of(wave.questionnaire, code)}


def _link(wave: Wave, choice: Choice, named: Named) -> Link:
    code, words = named
    return Link(words, address(wave, replace(choice, item=code)))
