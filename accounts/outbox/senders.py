"""Those who carry messages away: a mail server, or GOV.UK Notify. The environment chooses one of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from smtplib import SMTPRecipientsRefused
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend

from accounts.outbox.html import as_html
from accounts.outbox.letters import Letter
from accounts.outbox.models import Message

TIMEOUT = 35  # a provider that takes half a minute for a message is slow, but not away


class Refused(Exception):
    """The post will never take this message; the words say why."""


class Sender(Protocol):
    """Hands one message over."""

    def hand_over(self, message: Message, letter: Letter) -> str:
        """What the provider calls it, or nothing; Refused if trying again is no use, any other error if it may be."""
        ...


def message_number(message: Message) -> str:
    """The Message-ID. A hand-over repeated after a crash has the same, so that the reader's post can tell."""
    return f"<{message.pk}@{urlsplit(settings.SITE_URL).hostname}>"


def return_path(message: Message) -> str:
    """The address to which a message that cannot be delivered comes back, or nothing if none is set."""
    name, _, host = settings.BOUNCE_ADDRESS.partition("@")
    return f"{name}+{message.pk.hex}@{host}" if host else ""


class EmailSender:
    """Django's email: a mail server, or files for trying out. It keeps a connection while it is used."""

    def __init__(self) -> None:
        self._connection = get_connection()

    def hand_over(self, message: Message, letter: Letter) -> str:
        """Hands it to the mail server."""
        try:
            self._open()
            self._mail(message, letter).send()
        except SMTPRecipientsRefused as refused:
            self.close()
            if all(code >= 500 for code, _ in refused.recipients.values()):
                raise Refused(str(refused)) from refused
            raise
        except Exception:
            self.close()
            raise
        return ""

    def _mail(self, message: Message, letter: Letter) -> EmailMultiAlternatives:
        headers = {"Message-ID": message_number(message), "Auto-Submitted": "auto-generated"}
        sender = return_path(message) or None
        if sender:
            headers["From"] = settings.DEFAULT_FROM_EMAIL
        mail = EmailMultiAlternatives(
            letter.subject, letter.text, sender, [message.recipient], headers=headers, connection=self._connection
        )
        if message.has_html:
            mail.attach_alternative(as_html(letter), "text/html")
        return mail

    def _open(self) -> None:
        if isinstance(self._connection, EmailBackend):
            self._connection.open()

    def close(self) -> None:
        """Says goodbye to the mail server."""
        self._connection.close()


class NotifySender:
    """GOV.UK Notify, with one template of ours that holds nothing but ((subject)) and ((text))."""

    def __init__(self) -> None:
        from notifications_python_client.notifications import NotificationsAPIClient  # noqa: PLC0415 -- only where Notify is used

        client: Any = NotificationsAPIClient
        self._client = client(settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_URL, timeout=TIMEOUT)
        self._client.request_session.max_redirects = 0  # an answer that leads elsewhere is not Notify’s

    def hand_over(self, message: Message, letter: Letter) -> str:
        """Hands it to Notify, unless an attempt whose end nobody saw has done so already."""
        from notifications_python_client.errors import HTTPError  # noqa: PLC0415

        known = self._number_of(message) if message.attempts > 1 else ""
        if known:
            return known
        try:
            reply = self._client.send_email_notification(
                email_address=message.recipient,
                template_id=settings.NOTIFY_TEMPLATE_ID,
                personalisation={"subject": letter.subject, "text": letter.text},
                reference=str(message.pk),
            )
        except HTTPError as error:
            if error.status_code == 400:
                raise Refused(str(error)) from error
            raise
        return str(reply["id"])

    def _number_of(self, message: Message) -> str:
        found = self._client.get_all_notifications(reference=str(message.pk))["notifications"]
        return str(found[0]["id"]) if found else ""

    def close(self) -> None:
        """Lets the connection go."""
        self._client.request_session.close()


@contextmanager
def open_sender() -> Iterator[Sender]:
    """The sender that the environment chose, for one message or for many."""
    sender = NotifySender() if settings.EMAIL_SENDER == "notify" else EmailSender()
    try:
        yield sender
    finally:
        sender.close()
