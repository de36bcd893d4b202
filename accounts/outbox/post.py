"""The way to the mail server, whose certificate is looked at: signed by whom the system knows, or by our own signer."""

import ssl
from functools import cached_property

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend


class HouseBackend(EmailBackend):
    """Django's, which believes one signer more."""

    @cached_property
    def ssl_context(self) -> ssl.SSLContext:
        """Name and signer are compared; TLS 1.2 is the least."""
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if settings.INSIDE.ca:
            context.load_verify_locations(settings.INSIDE.ca)
        return context
