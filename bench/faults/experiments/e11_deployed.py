"""A new version takes over while people save: beside the old one, then instead of it, there and back."""

import signal
import time

from bench.faults.estate import FINISHING, turn
from bench.faults.lab import Lab
from bench.faults.loads import FINE, replies, within
from bench.faults.registry import Outcome, experiment
from tests.faults.chairs import Crowd
from tests.faults.house import House, web
from tests.faults.programs import Program
from tests.services import free_port

SPARE = "ALTER TABLE respondents_return ADD COLUMN spare_{} integer NULL"


@experiment(
    "E11",
    does="web is replaced by another behind the proxy, with a column added meanwhile, under load, there and back",
    holds="no request fails, sessions go on, forms of the old one are taken by the new one",
    goal="0 failed",
    amounts={"small": 1, "nightly": 8, "release": 40},
    limit=1200,
)
def run(lab: Lab) -> Outcome:
    """So many times."""
    with lab.house() as house:
        chairs = lab.chairs(house, 40)
        here, there = house.ports.web, free_port()
        with Crowd(chairs, pause=0.5, submits=0.02) as crowd:
            time.sleep(2)
            for number in range(lab.rounds):
                _add_column(number)
                _take_over(house, there)
                here, there = there, here
            time.sleep(2)
        problems, _ = lab.settled()
    found = replies(chairs)
    again = sum(reply.status == 0 for reply in found)
    bad = sum(reply.status not in FINE and reply.status != 0 for reply in found)
    figure = (
        f"{lab.rounds} times replaced, {len(found)} requests, {bad} failed, {again} sent again by the browser since "
        f"the proxy had closed a line at rest, 95% within {1000 * within(found):.0f} ms"
    )
    return lab.outcome(figure, faults=lab.rounds, problems=[*problems, *crowd.errors], passed=bad == 0)


def _take_over(house: House, port: int) -> None:
    """The handbook’s steps: start beside, wait until ready, turn the proxy, let the old one finish."""
    old = house["web"]
    was, house.ports = house.ports, type(house.ports)(house.ports.database, house.ports.broker, port, house.ports.proxy)
    new = web(house)
    new.start()
    configuration = house.folder / "proxy" / "nginx.conf"
    text = configuration.read_text()
    configuration.write_text(text.replace(f"127.0.0.1:{was.web}", f"127.0.0.1:{port}"))
    turn(house["proxy"])
    _let_finish(old)
    house.programs["web"] = new


def _let_finish(old: Program) -> None:
    assert old.process
    old.process.send_signal(signal.SIGTERM)
    old.process.wait(FINISHING)


def _add_column(number: int) -> None:
    """What a migration that only adds does, giving up soon when it must wait."""
    from django.db import OperationalError, connection, transaction

    for _ in range(20):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '500ms'")
                cursor.execute(SPARE.format(number))
        except OperationalError:
            time.sleep(0.2)
        else:
            break
    connection.close()
