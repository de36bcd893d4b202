"""The wave's own list of names to look for: each with who listed it and when."""

from dataclasses import dataclass

from django.urls import reverse

from analysis.opentext.local_names import listed
from survey.models import Wave
from survey.moments import moment_in_words


@dataclass(frozen=True)
class NameRow:
    """One name."""

    words: str
    said: str
    remove_url: str


@dataclass(frozen=True)
class NamesPage:
    """All names that are looked for besides those of the register."""

    wave: Wave
    rows: tuple[NameRow, ...]
    items_url: str


def names_page(wave: Wave) -> NamesPage:
    """The list as it is now."""
    rows = (
        NameRow(
            each.words,
            f"{each.made_by}, {moment_in_words(each.made_at)}",
            reverse("opentext:unlist_name", args=[wave.slug, each.pk]),
        )
        for each in listed(wave)
    )
    return NamesPage(wave, tuple(rows), reverse("opentext:items", args=[wave.slug]))
