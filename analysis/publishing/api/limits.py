"""How often one address may ask: counted by the minute, in a cache of its own beside the limits on sign-in."""

from datetime import datetime

from django.conf import settings
from django.core.cache import caches

from accounts.audit.origin import current_address

MINUTE = 60


class Limited(Exception):
    """Too many requests in this minute."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def take_turn(*, now: datetime) -> None:
    """Counts a request of the address that asks; Limited once this minute's are spent.

    Two requests at the very same time may count as one: the limit keeps the service usable, it guards no secret.
    """
    minute, second = divmod(int(now.timestamp()), MINUTE)
    cache, key = caches["api"], f"{current_address()}:{minute}"
    if cache.add(key, 1, timeout=2 * MINUTE):
        return
    try:
        count = cache.incr(key)
    except ValueError:  # forgotten between the two
        return
    if count > settings.API_REQUESTS_A_MINUTE:
        raise Limited(MINUTE - second)
