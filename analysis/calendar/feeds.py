"""Services: a person's secret address for calendar programs is made, told, taken back, and found again by what it says.

The address is the feed's key and a signature of it, so that neither the database nor a copy of it tells an address.
"""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import STAFF, User
from analysis.calendar.models import CalendarFeed

MADE = declare("calendar.made", "Made a calendar address")
REVOKED = declare("calendar.revoked", "Took a calendar address back")
_SALT = "analysis.calendar.feed"


def feed_of(person: User) -> CalendarFeed | None:
    """The address of this person that is in force."""
    return CalendarFeed.objects.filter(person=person, revoked_at=None).first()


def token_of(feed: CalendarFeed) -> str:
    """The secret part of the address."""
    return f"{feed.key.hex}{_signature(feed.key)}"


def find_feed(token: str) -> CalendarFeed | None:
    """The feed that this address is of; nothing if it was taken back, its person has left, or it was never made."""
    try:
        key = uuid.UUID(token[:32])
    except ValueError:
        return None
    known = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)  # an address outlives the key it was made under
    if not any(constant_time_compare(token[32:], _signature(key, secret=secret)) for secret in known):
        return None
    in_force = CalendarFeed.objects.filter(key=key, revoked_at=None, person__is_active=True, person__role__in=STAFF)
    return in_force.first()


def make_feed(person: User, *, now: datetime) -> CalendarFeed:
    """The person's address: a new one, or the one that is in force."""
    try:
        with transaction.atomic():
            feed = CalendarFeed.objects.create(person=person, made_at=now)
            record(MADE, by=person, subject=feed, about=str(person), now=now)
    except IntegrityError:
        return CalendarFeed.objects.get(person=person, revoked_at=None)
    return feed


@transaction.atomic
def revoke_feed(person: User, *, now: datetime) -> bool:
    """Takes the person's address back; says whether there was one."""
    feed = CalendarFeed.objects.select_for_update().filter(person=person, revoked_at=None).first()
    if feed is None:
        return False
    feed.revoked_at = now
    feed.save(update_fields=["revoked_at"])
    record(REVOKED, by=person, subject=feed, about=str(person), now=now)
    return True


def _signature(key: uuid.UUID, *, secret: str | bytes | None = None) -> str:
    return salted_hmac(_SALT, key.hex, secret=secret, algorithm="sha256").hexdigest()
