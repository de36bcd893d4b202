"""More people look than can be served: pages are shed politely, saves go on."""

import threading
import time
from dataclasses import replace

from bench.faults.lab import Lab
from bench.faults.loads import FINE, failed, forget, replies, within
from bench.faults.registry import Outcome, experiment
from tests.faults.chairs import Chair, Crowd, wait_for
from tests.faults.visitors import Reply

LOOKERS = 128  # each in as many tabs, none of whom waits
TABS = 3
NORMAL = 30.0


@experiment(
    "D5",
    does="384 tabs load pages without a pause, and come again a second after they are refused, while 20 people save",
    holds="what is too much is refused with 503 and the words for it; saves go on; then all is as before",
    goal="no save fails, normal within 30 s",
    amounts={"nightly": 20, "release": 120},
    limit=600,
)
def run(lab: Lab) -> Outcome:
    """So many seconds of it."""
    with lab.house() as house:
        savers = lab.chairs(house, 20)
        lookers = [replace(each) for each in lab.chairs(house, LOOKERS, first=20) for _ in range(TABS)]
        with Crowd(savers, pause=1.0) as crowd:
            time.sleep(5)
            alone = within(replies(savers))
            forget(savers)
            _look_all(lookers, seconds=lab.rounds)
            during = replies(savers)
            normal = wait_for(lambda: _is_normal(savers, alone), seconds=NORMAL, every=1.0)
        problems, _ = lab.settled()
    seen = replies(lookers)
    shed = [reply for reply in seen if reply.status == 503]
    problems += [f"{_unkind(seen)} lookers were turned away without words"] if _unkind(seen) else []
    wait, bad = within(during), failed(during)
    figure = (
        f"{len(seen) / lab.rounds:.0f} looks a second, {len(shed)} of {len(seen)} shed; {len(during)} saves meanwhile, "
        f"{bad} failed, 95% within {1000 * wait:.0f} ms ({1000 * alone:.0f} ms before); "
        f"normal after {'never' if normal is None else f'{normal:.0f} s'}"
    )
    passed = not bad and normal is not None
    return lab.outcome(figure, faults=len(shed), problems=[*problems, *crowd.errors], passed=passed)


def _look_all(lookers: list[Chair], *, seconds: float) -> None:
    over = threading.Event()
    threads = [threading.Thread(target=_look, args=(chair, over)) for chair in lookers]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    over.set()
    for thread in threads:
        thread.join(60)
    for chair in lookers:
        chair.hang_up()


def _look(chair: Chair, over: threading.Event) -> None:
    while not over.is_set():
        if chair.ask("GET", f"/returns/{chair.return_id}/questions/B1/").status not in FINE:
            over.wait(1)


def _is_normal(savers: list[Chair], alone: float) -> bool:
    forget(savers)
    time.sleep(2)
    found = replies(savers)
    return bool(found) and not failed(found) and within(found) <= max(2 * alone, 0.1)


def _unkind(seen: list[Reply]) -> int:
    return sum(reply.status not in FINE and "Try again" not in reply.text for reply in seen)
