"""Fills an empty database with the survey of 2012, a chair for every board, and prints session key and return of each."""

import os
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402

from accounts.people import ensure_person  # noqa: E402
from config.demonstration.preparing import QUESTIONNAIRE, REGISTER  # noqa: E402
from respondents.fieldwork.opening import open_wave  # noqa: E402
from respondents.register.importing import import_register  # noqa: E402
from respondents.register.models import Appointment, Board  # noqa: E402
from survey.publishing import publish_questionnaire  # noqa: E402


def prepare() -> list[tuple[str, str]]:
    """Session key and return of a chair for each of the 148 boards."""
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
        rows.append((session.session_key or "", str(wave.returns.get(board=board).pk)))
    return rows


if __name__ == "__main__":
    for key, return_id in prepare():
        print(key, return_id)
