"""Services: names that no register holds, such as local programmes; each with who listed it and when."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.opentext.finding import Names, names_of_register, with_local
from analysis.opentext.models import LocalName
from respondents.fieldwork.drafting import lock_wave
from survey.models import Wave

LISTED = declare("names.listed", "Listed a local name")
UNLISTED = declare("names.unlisted", "Took a local name off the list")


def listed(wave: Wave) -> tuple[LocalName, ...]:
    """The names that are looked for now, in the order of the alphabet: the latest row of each counts."""
    rows = LocalName.objects.filter(wave=wave).select_related("made_by").order_by("pk")
    by_words = {row.words.casefold(): row for row in rows}
    return tuple(row for _, row in sorted(by_words.items()) if row.is_listed)


def names_of(wave: Wave) -> Names:
    """Every name of the register and of the wave's own list."""
    return with_local(names_of_register(), (row.words for row in listed(wave)))


@transaction.atomic
def list_name(wave: Wave, words: str, *, by: User, now: datetime) -> LocalName:
    """The name is looked for from now on. ValidationError where it is listed already."""
    wave, words = lock_wave(wave), " ".join(words.split())
    if any(row.words.casefold() == words.casefold() for row in listed(wave)):
        raise ValidationError({"words": f"“{words}” is on the list already"})
    return _keep(wave, words, is_listed=True, by=by, now=now)


@transaction.atomic
def unlist_name(name: LocalName, *, by: User, now: datetime) -> LocalName:
    """The name is looked for no longer; that it was stays on record."""
    return _keep(lock_wave(name.wave), name.words, is_listed=False, by=by, now=now)


def _keep(wave: Wave, words: str, *, is_listed: bool, by: User, now: datetime) -> LocalName:
    kept = LocalName.objects.create(wave=wave, words=words, is_listed=is_listed, made_by=by, made_at=now)
    act = LISTED if is_listed else UNLISTED
    record(act, by=by, subject=wave, wave=wave.slug, detail={"name": kept.pk}, now=now)
    return kept
