"""One sentence for the next page, in a cookie that bears the name of the other cookies of this site."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HouseCookies(CookieStorage):
    """Django's, under a name that only this host can set where the site is reached over TLS."""

    cookie_name = f"{settings.COOKIE_PREFIX}messages"


class HouseStorage(FallbackStorage):
    """Django's way: in the cookie, and what is too long for it in the session."""

    storage_classes = (HouseCookies, SessionStorage)
