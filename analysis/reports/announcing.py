"""Service: at a release, the chairs of the boards that it counts learn that their reports are there; once a release."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.onwards import whole_address
from accounts.outbox.letters import Letter, letter_from
from accounts.outbox.models import Message, MessageKind
from accounts.outbox.queueing import new_message, queue_messages
from analysis.core.house_style import HouseStyle
from analysis.disclosing.models import Release
from analysis.house_style.standing import house_now
from analysis.publishing.models import Edition
from analysis.publishing.turns import in_turn
from analysis.reports.models import Announcement
from analysis.reports.published import published_of
from analysis.reports.respondents import counted_in
from respondents.contacts.audience import audience_of
from respondents.contacts.models import MailingKind
from respondents.fieldwork.drafting import lock_wave
from respondents.returns.models import Return
from survey.models import Wave

TEMPLATE = "analysis/beside/email/announcement.txt"
CORRECTED = "analysis/beside/email/corrected.txt"


def announce_releases(*, now: datetime) -> int:
    """Announces the latest release of each wave that is public and was not announced; says how many letters went."""
    untold = Wave.objects.filter(releases__isnull=False, releases__announcement=None).distinct()
    published = published_of(untold.values_list("pk", flat=True), now=now)
    return sum(_in_turn(each.release, now=now) for each in published.values())


def _in_turn(release: Release, *, now: datetime) -> int:
    """By the hour at which its turn has come: it may have been withdrawn or corrected while this waited."""
    return in_turn(release.wave, lambda hour: announce_release(release, now=max(now, hour)))


@transaction.atomic
def announce_release(release: Release, *, now: datetime) -> int:
    """Writes to each chair of a board that the release counts, once; says to how many. Safe to run twice.

    To none where the release counts no more. Whoever had a letter of what its edition corrects is told that it does.
    """
    wave = lock_wave(release.wave)
    published = published_of([wave.pk], now=now).get(wave.pk)
    if published is None or published.release != release or Announcement.objects.filter(release=release).exists():
        return 0
    corrected = _letters_corrected(published.edition)
    messages = list(_messages(release, wave, corrected=corrected, now=now))
    Announcement.objects.create(release=release, letters=len(messages), at=now)
    queue_messages(messages)
    return len(messages)


def _letters_corrected(edition: Edition | None) -> frozenset[str]:
    """To whom, by their key, a letter went of what this edition corrects; nobody where it corrects nothing."""
    if edition is None or edition.corrects_id is None:
        return frozenset()
    earlier = edition.publication.editions.filter(number__lt=edition.number).values_list("release", flat=True)
    letters = [Q(key__startswith=_key(release, "")) for release in {*earlier} - {edition.release_id}]
    keys = Message.objects.filter(reduce(or_, letters, Q(pk=None))).values_list("key", flat=True)
    return frozenset(key.rpartition(":")[2] for key in keys)


def _key(release: int, person: object) -> str:
    return f"beside:{release}:{person}"


def _messages(release: Release, wave: Wave, *, corrected: Collection[str], now: datetime) -> Iterator[Message]:
    """One for each person, whatever the number of their boards; who asked not to be written to is left out."""
    returns = list(counted_in(release).select_related("board", "wave").defer("answers", "texts", "copied"))
    by_person: dict[User, list[Return]] = defaultdict(list)
    for due in audience_of(wave, MailingKind.THANKS, returns, now=now).due:
        by_person[due.person].append(due.found)
    house = house_now()
    for person, found in by_person.items():
        yield new_message(
            _key(release.pk, person.pk),
            kind=MessageKind.RESULTS,
            recipient=person.email,
            letter=_letter(person, found, wave, is_correction=str(person.pk) in corrected, house=house),
            now=now,
            wave=wave.slug,
            about=found[0].pk if len(found) == 1 else None,
        )


def _letter(person: User, found: Sequence[Return], wave: Wave, *, is_correction: bool, house: HouseStyle) -> Letter:
    path = reverse("beside:page", args=[found[0].pk]) if len(found) == 1 else reverse("portal:returns")
    boards = sorted(str(each.board) for each in found)
    words = {
        "greeting": f"Dear {person.name}" if person.name else "Good day",
        "wave": wave,
        "boards": boards,
        "link": whole_address(path),
        "house": house,
    }
    whose = "Your board" if len(found) == 1 else "Your boards"
    subject = f"{whose} beside the nation: {wave.title}"
    if is_correction:
        return letter_from(CORRECTED, words, subject=f"Corrected: {subject}")
    return letter_from(TEMPLATE, words, subject=subject)
