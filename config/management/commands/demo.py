"""manage.py demo [--port 8000]: the whole product on this machine, with invented answers."""

import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils import timezone

from accounts.models import User
from config.demonstration.people import PLAYERS
from config.demonstration.preparing import WAVE, prepare_demonstration
from config.demonstration.surroundings import PORT
from config.env import ROOT
from config.supervisor import Program, supervise
from survey.models import Wave


class Command(BaseCommand):
    """Prepares the demonstration and keeps web and worker running until Ctrl-C."""

    requires_system_checks = ()  # the tests hold them, and they take a second of every start
    help = "Runs the demonstration: the survey of 2012 with invented answers, a web server and a worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--port", type=int, default=PORT, help=f"the port on this machine ({PORT})")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepares, says where to go, and supervises."""
        port = options["port"]
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration is started with: python manage.py demo")
        _require_free(port)
        call_command("migrate", verbosity=0)
        if holds_real_waves():
            raise CommandError(
                "This database holds a real wave. Point DATABASE_URL at an empty one for the demonstration."
            )
        prepare_demonstration(now=timezone.now())
        _collect_static()
        self.stdout.write(_welcome(port))
        self.stdout.flush()
        raise SystemExit(supervise(_programs(port)))


def holds_real_waves() -> bool:
    """Waves that somebody prepares in the demonstration are its own: its people are there, whom no real survey has."""
    is_ours = Wave.objects.filter(slug=WAVE).exists() and User.objects.filter(email=PLAYERS[0].email).exists()
    return Wave.objects.exists() and not is_ours


def _collect_static() -> None:
    """Gather what pages load beside their text, unless it comes from the same build and packages as last time."""
    stamps = (ROOT / "static" / "build" / ".stamp", Path(sys.prefix) / ".stamp")
    source = "\n".join(path.read_text() for path in stamps if path.exists())
    collected = settings.STATIC_ROOT / ".stamp"
    if source and collected.exists() and collected.read_text() == source:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    collected.write_text(source)


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CommandError(f"Port {port} is in use. Try: make demo PORT={port + 1}") from None


def _programs(port: int) -> list[Program]:
    gunicorn = ["gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--log-level", "warning"]
    gunicorn += ["--no-control-socket", "--preload"]  # loaded once, not by each of the two
    schedule = str(settings.VAR / "celerybeat-schedule")
    celery = ["celery", "--quiet", "--app", "config", "worker", "--beat", "--schedule", schedule]
    # Three at once: a sign-in code waits neither for a report nor for a round of reminders.
    celery += ["--queues", "codes,default,builds,bulk", "--concurrency", "3"]
    celery += ["--without-gossip", "--without-mingle", "--loglevel", "ERROR"]
    return [Program("web", gunicorn), Program("worker", celery)]


def _welcome(port: int) -> str:
    people = "\n".join(f"  {player.email:<28}{player.sees}" for player in PLAYERS)
    return (
        f"\nThe survey is running at http://localhost:{port}\n\n"
        f"Sign in with any of these addresses:\n{people}\n\n"
        f"The code that is emailed to you appears at http://localhost:{port}/demonstration/mail/\n"
        f"The six digits that staff are asked for next stand on the same page.\n"
        f"All answers are invented. Ctrl-C ends everything; the data stay for the next time.\n"
    )
