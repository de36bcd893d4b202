"""The laboratory in its smallest size: chairs go on while lines are cut and the database drops everybody."""

import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from respondents.returns.models import Return, Submission
from tests.builders import chair, two_boards, wave
from tests.faults.chairs import Chair, Crowd, statuses, wait_for
from tests.faults.ledger import Ledger, violations
from tests.faults.wire import Wire, wire

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
SEED = 7
DROP = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def line(live_server: LiveServer) -> Iterator[Wire]:
    """The way to the site, which can be cut."""
    with wire(int(live_server.url.rpartition(":")[2]), seed=SEED) as found:
        yield found


@pytest.fixture
def chairs(line: Wire) -> list[Chair]:
    """A chair for each of two boards, signed in."""
    two_boards()
    now = timezone.now()
    opened = wave(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    ledger, found = Ledger(), []
    for number, each in enumerate(Return.objects.filter(wave=opened).select_related("board")):
        assert each.board
        client = Client()
        client.force_login(chair(each.board, email=f"{each.board.slug}@example.org"))
        session = client.cookies["sessionid"].value
        found.append(Chair(line.port, session, number, str(each.pk), ledger, seed=SEED))
    return found


def dropped() -> int:
    """How many connections the database has just ended."""
    with connection.cursor() as cursor:
        cursor.execute(DROP)
        (count,) = cursor.fetchone()
    return int(count)


def test_what_chairs_were_told_is_stored_whatever_was_cut(line: Wire, chairs: list[Chair]) -> None:
    ledger, drops = chairs[0].ledger, 0
    line.cuts = 0.2
    with Crowd(chairs, submits=0.3, pause=0.02, patience=0.05) as crowd:
        for wanted in range(8, 41, 8):
            assert wait_for(partial(ledger.has, wanted), seconds=30, every=0.02)
            drops += dropped()
        line.cuts = 0.0
        time.sleep(0.1)
    dropped()

    assert crowd.errors == []
    assert violations(ledger, outbox=False) == []
    assert line.cut > 0
    assert drops > 0
    assert Submission.objects.count() == len({key[:2] for key in ledger.submissions}) > 0
    assert statuses(chairs).keys() <= {0, 200, 303, 503}
