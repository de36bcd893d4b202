"""The copies of single tables that were taken of a wave, for whatever leaves after them."""

import json

from analysis.core.release.copies import Copy, read
from analysis.exploring.choice import choice_of
from analysis.exploring.models import CopyTaken
from survey.models import Wave
from survey.moments import moment_in_words


def named(copy: CopyTaken) -> str:
    """What a copy is called in sentences."""
    choice = choice_of(copy.specification)
    by = f" by {choice.by.replace('_', ' ')}" if choice.by else ""
    return f"the copy of {choice.item}{by} taken on {moment_in_words(copy.taken_at)}"


def copies_before(wave: Wave) -> tuple[Copy, ...]:
    """Each as it was taken first: the same told once more adds nothing."""
    found: dict[str, Copy] = {}
    for each in CopyTaken.objects.filter(wave=wave).order_by("pk"):
        for document in each.told:
            found.setdefault(json.dumps(document), read(document, name=named(each)))
    return tuple(found.values())
