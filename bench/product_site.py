"""Fills an empty database with the survey of 2012 and a chair for every board; prints session keys and first pages."""

import os
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.urls import reverse

from accounts.people import ensure_person
from config.demonstration.preparing import QUESTIONNAIRE, REGISTER
from respondents.fieldwork.opening import open_wave
from respondents.register.importing import import_register
from respondents.register.models import Appointment, Board
from survey.publishing import publish_questionnaire


def prepare() -> list[tuple[str, str]]:
    """Session key and first question page of a chair for each of the 148 boards."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    now = datetime.now(UTC)
    import_register((REGISTER / "authorities.csv").read_bytes(), (REGISTER / "boards.csv").read_bytes())
    version, _ = publish_questionnaire(QUESTIONNAIRE.read_text(encoding="utf-8"), now=now)
    ends = now + timedelta(days=30)
    wave = open_wave("bench", title="Bench", version=version, plan=version.code, opens_at=now, closes_at=ends, now=now)
    store = import_module(settings.SESSION_ENGINE).SessionStore
    rows = []
    for board in Board.objects.all():
        person = ensure_person(f"{board.slug}@example.org")
        Appointment.objects.create(board=board, person=person, from_date=date(2011, 4, 1))
        session = store()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        found = wave.returns.get(board=board)
        first = wave.questionnaire.pages[0].code
        rows.append((session.session_key or "", reverse("portal:question", args=[found.pk, first])))
    return rows


if __name__ == "__main__":
    for key, page in prepare():
        print(key, page)
