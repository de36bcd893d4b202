"""Sessions that know whose they are: Django's own cannot be found by person."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

if TYPE_CHECKING:
    from accounts.sessions import SessionStore


class Session(AbstractBaseSession):
    """One browser that keeps something here; somebody’s, once they have signed in."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(null=True, blank=True, help_text="When the person signed in.")
    used_at = models.DateTimeField(help_text="When it was last used, to a few minutes.")
    browser = models.CharField(max_length=60, blank=True, help_text="Its kind, in words.")

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name, verbose_name_plural = "browser you signed in with", "browsers people signed in with"

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        """What reads and writes these rows."""
        from accounts.sessions import SessionStore  # noqa: PLC0415 -- it is made of this model

        return SessionStore
