"""The one door by which this room's messages leave: after the change they speak of is stored, or not at all."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from respondents.returns.models import Return


def notify(person: User, *, subject: str, template: str, found: Return, about: Mapping[str, object]) -> None:
    """Writes to somebody about a return; the link in the message only names it."""
    link = settings.SITE_URL.rstrip("/") + reverse("portal:tasks", args=[found.pk])
    closes = date_format(timezone.localtime(found.wave.closes_at), "l j F Y, H:i")
    words = {"person": person, "board": found.board, "wave": found.wave, "closes": closes, "link": link, **about}
    text = render_to_string(f"respondents/together/email/{template}.txt", words)
    line = " ".join(f"{subject}: {found.board}".split())
    transaction.on_commit(lambda: _send(person.email, line, text))


def _send(email: str, subject: str, text: str) -> None:
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [email])
