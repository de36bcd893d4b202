"""Slow clients: headers, bodies and readers that take for ever stand before the proxy and nobody else waits."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from bench.faults.lab import Lab
from bench.faults.loads import crowd_for, failed, forget, replies, within
from bench.faults.registry import Outcome, experiment

SLOW = 200
HEAD = b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\n"
BODY = HEAD + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n"
READ = b"GET /help/ HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20
SECONDS = 5.0


@experiment(
    "D4",
    does="200 clients that send headers or bodies a letter at a time, or read nothing, while 40 people save",
    holds="the others are unharmed",
    goal="0 failed, 95% within 1 s",
    amounts={"small": 1, "nightly": 6, "release": 24},
    limit=400,
)
def run(lab: Lab) -> Outcome:
    """So many times five seconds."""
    with lab.house() as house:
        chairs = lab.chairs(house, 40)
        errors = crowd_for(chairs, SECONDS, pause=1.0)
        alone = within(replies(chairs))
        forget(chairs)
        with _slow_clients(house.ports.proxy) as stood:
            errors += crowd_for(chairs, SECONDS * lab.rounds, pause=1.0)
            slow = stood()
        found = replies(chairs)
        problems, _ = lab.settled()
    beside, bad = within(found), failed(found)
    figure = (
        f"{len(found)} requests beside {slow} slow clients, {bad} failed, 95% within {1000 * beside:.0f} ms "
        f"({1000 * alone:.0f} ms without them)"
    )
    passed = slow >= SLOW / 2 and not bad and beside <= 1
    return lab.outcome(figure, faults=SLOW, problems=[*problems, *errors], passed=passed)


@contextmanager
def _slow_clients(port: int) -> Iterator[Callable[[], int]]:
    """How many of them are connected; one that is sent away comes again."""
    over, connected = threading.Event(), set[int]()
    threads = [threading.Thread(target=_drip, args=(number, port, over, connected)) for number in range(SLOW)]
    with ExitStack() as stack:
        for thread in threads:
            thread.start()
            stack.callback(thread.join, 30)
        stack.callback(over.set)
        time.sleep(1)
        yield lambda: len(connected)


def _drip(number: int, port: int, over: threading.Event, connected: set[int]) -> None:
    """One slow client, of one of three kinds."""
    first = (HEAD, BODY, READ)[number % 3]
    while not over.is_set():
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=10) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            line.sendall(first)
            connected.add(number)
            while not over.wait(1):
                line.sendall(b"x" if first != READ else b"")
                if first != READ and _is_sent_away(line):
                    break
        connected.discard(number)


def _is_sent_away(line: socket.socket) -> bool:
    """Whether the other side has hung up."""
    line.settimeout(0)
    try:
        return line.recv(4096, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    finally:
        line.settimeout(10)
