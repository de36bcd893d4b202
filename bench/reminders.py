"""A reminder run of 100,000: how long queueing and sending take, in how much memory, and whether each got exactly one.

python -m tests.postgres .venv/bin/python -m bench.reminders [BOARDS] [TO SEND]: on a database of its own, with a worker
process that is killed at random points while it queues, and a mail server in this process that counts what it is given.
"""

import os
import random
import resource
import signal
import socketserver
import sys
import threading
import time
from collections import Counter
from datetime import date, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

BOARDS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
TO_SEND = int(sys.argv[2]) if len(sys.argv) > 2 else 5_000
KILLS = 5


class Office(socketserver.ThreadingTCPServer):
    """A mail server that counts."""

    daemon_threads = True
    counted: Counter[str] = Counter()


class Desk(socketserver.StreamRequestHandler):
    """One conversation."""

    def handle(self) -> None:
        self.wfile.write(b"220 office\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"RCPT":
                Office.counted[line.decode().partition("<")[2].partition(">")[0]] += 1
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() != b".\r\n":
                    pass
            self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")


def main() -> None:
    """Measures, and prints one line for each figure."""
    call_command("migrate", verbosity=0)
    run, due = _prepare()
    seconds, peak, kills = _queue(run)
    from accounts.outbox.models import Message

    keys = Message.objects.filter(kind="reminder").count()
    people = Message.objects.filter(kind="reminder").values("recipient").distinct().count()
    print(f"queued {keys:,} for {due:,} due in {seconds:.0f} s, worker killed {kills} times, peak {peak:.0f} MiB")
    print(f"exactly once: {keys == people == due}")
    _send()


def _prepare() -> "tuple[str, int]":
    """Boards, chairs and a wave; every tenth board has submitted."""
    from accounts.models import User
    from respondents.contacts.models import Mailing
    from respondents.register.models import Appointment, Board
    from respondents.returns.models import Return
    from tests.builders import published

    boards = Board.objects.bulk_create(
        [Board(slug=f"b{n}", name=f"Board {n}", area_name=f"Area {n:06}") for n in range(BOARDS)], batch_size=5_000
    )
    people = User.objects.bulk_create([User(email=f"c{n}@example.org") for n in range(BOARDS)], batch_size=5_000)
    pairs = zip(boards, people, strict=True)
    Appointment.objects.bulk_create(
        [Appointment(board=board, person=who, from_date=date(2011, 4, 1)) for board, who in pairs], batch_size=5_000
    )
    now = timezone.now()
    from survey.models import Wave

    wave = Wave.objects.create(
        slug="bench", title="Bench", questionnaire_version=published(), opens_at=now - timedelta(days=3),
        closes_at=now + timedelta(days=30), opened_at=now - timedelta(days=3),
    )  # fmt: skip
    returns = [
        Return(wave=wave, board=board, version=int(n % 10 == 0), submitted_version=1 if n % 10 == 0 else None)
        for n, board in enumerate(boards)
    ]
    Return.objects.bulk_create(returns, batch_size=5_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    mailing = Mailing.objects.create(wave=wave, due_at=now, made_by=people[0], made_at=now)
    return str(mailing.pk), sum(found.submitted_version is None for found in returns)


def _queue(run: str) -> tuple[float, float, int]:
    """Seconds and MiB until all is queued by processes that are killed at random points."""
    from respondents.contacts.models import Mailing

    started, kills = time.monotonic(), 0
    while Mailing.objects.get(pk=run).state != "done":
        child = os.fork()
        if child == 0:
            connection.connection = None
            _work(run)
        if kills < KILLS:
            _wait_until_it_got_on(run, before=Mailing.objects.get(pk=run).queued)
            time.sleep(random.uniform(0, 8))
            os.kill(child, signal.SIGKILL)
            kills += 1
            Mailing.objects.filter(pk=run, state="running").update(lease_until=timezone.now())  # half a minute later
        os.waitpid(child, 0)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return time.monotonic() - started, peak, kills


def _wait_until_it_got_on(run: str, *, before: int) -> None:
    from respondents.contacts.models import Mailing

    while Mailing.objects.get(pk=run).queued == before:
        time.sleep(0.2)


def _work(run: str) -> None:
    from uuid import UUID

    from respondents.contacts.mailing import run_mailing

    settings.CELERY_BROKER_URL = "memory://"
    while run_mailing(UUID(run)):
        pass
    os._exit(0)


def _send() -> None:
    """Hands some of them over, with the last look at each, to a mail server on this machine."""
    from accounts.outbox.bulk import send_in_bulk
    from accounts.outbox.models import Message

    with Office(("127.0.0.1", 0), Desk) as office:
        threading.Thread(target=office.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.server_address[1]
        kept = Message.objects.filter(kind="reminder").order_by("created_at").values_list("pk", flat=True)[:TO_SEND]
        Message.objects.exclude(pk__in=list(kept)).update(state="withdrawn")
        started = time.monotonic()
        while send_in_bulk():
            pass
        seconds = time.monotonic() - started
        office.shutdown()
    once = set(Office.counted.values()) == {1} and len(Office.counted) == TO_SEND
    print(f"sent {TO_SEND:,} in {seconds:.0f} s ({TO_SEND / seconds:.0f} a second), each once: {once}")


if __name__ == "__main__":
    main()
