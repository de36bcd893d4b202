"""How a publication stands at a moment: reckoned at each request from rows and the clock, by no job."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Prefetch, QuerySet

from analysis.publishing.models import CalendarEntry, Edition, Publication, SignOff, Withdrawal

HEAVY = ("content", "tables", "page")  # what only the page of one edition reads


@dataclass(frozen=True)
class Out:
    """An edition with the moment from which the public may see it."""

    edition: Edition
    moment: datetime


@dataclass(frozen=True)
class Standing:
    """One publication with all that decides on what is out."""

    publication: Publication

    @cached_property
    def announcements(self) -> tuple[CalendarEntry, ...]:
        """All of them, the first one first."""
        return tuple(sorted(self.publication.announcements.all(), key=lambda each: each.pk))

    @property
    def announced(self) -> CalendarEntry | None:
        """The one that counts."""
        return self.announcements[-1] if self.announcements else None

    @property
    def moment(self) -> datetime | None:
        """When it is to come out, or came out."""
        return self.announced.moment if self.announced else None

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """All of them, the first one first."""
        return tuple(sorted(self.publication.editions.all(), key=lambda each: each.number))

    @property
    def withdrawal(self) -> Withdrawal | None:
        """Why it was taken back, if it was."""
        return getattr(self.publication, "withdrawal", None)

    @cached_property
    def committed(self) -> tuple[Out, ...]:
        """What will be out, or is, in the order of its moments: whatever the hour, these alone may be shown.

        Before the announced moment a signed edition may be replaced by a later one; corrections come out when signed.
        """
        signed = [(each, sign) for each in self.editions if (sign := sign_off_of(each))]
        moment = self.moment
        first = [each for each, sign in signed if each.corrects_id is None and moment and sign.at < moment]
        if not first or moment is None:
            return ()
        corrections = (Out(edition, sign.at) for edition, sign in signed if edition.corrects_id is not None)
        return (Out(first[-1], moment), *corrections)

    def out(self, *, now: datetime) -> tuple[Out, ...]:
        """The editions that the public may see at this moment, the first one first."""
        return tuple(each for each in self.committed if each.moment <= now)

    def current(self, *, now: datetime) -> Out | None:
        """The edition that counts at this moment."""
        out = self.out(now=now)
        return out[-1] if out else None

    def is_out(self, *, now: datetime) -> bool:
        """Whether anything of it is."""
        return bool(self.out(now=now))

    def next_moment(self, *, now: datetime) -> datetime | None:
        """When its page will say something else by the clock alone."""
        return self.moment if self.moment and self.moment > now else None


def sign_off_of(edition: Edition) -> SignOff | None:
    """Who answers for it, if anybody does yet."""
    return getattr(edition, "sign_off", None)


def with_standing(publications: QuerySet[Publication]) -> QuerySet[Publication]:
    """These publications with all that `Standing` looks at: four queries, however many there are."""
    editions = Edition.objects.defer(*HEAVY).select_related("sign_off__by", "prepared_by")
    return publications.select_related("wave", "withdrawal").prefetch_related(
        "announcements", Prefetch("editions", queryset=editions)
    )


def standings(publications: QuerySet[Publication]) -> tuple[Standing, ...]:
    """How each of them stands."""
    return tuple(map(Standing, with_standing(publications)))


def nearest(found: Iterable[Standing], *, now: datetime) -> datetime | None:
    """The next moment at which any of them changes by the clock."""
    moments = [moment for each in found if (moment := each.next_moment(now=now))]
    return min(moments, default=None)
