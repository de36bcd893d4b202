"""Simulated chairs: each has one return open in a browser, answers, and notes what the server acknowledged."""

import json
import random
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from tests.faults.ledger import Ledger
from tests.faults.visitors import Reply, Visitor

AGENCIES = ("health", "police", "probation", "education", "youth_services", "third_sector", "childrens_social_care")
QUALITY = ("very_good", "good", "reasonable", "poor", "very_poor")
BATTERIES = ("B1", "B2", "B3", "B4", "B5", "B6")
TEXTS = {"G1": "G1"}  # pages with a text that is always asked, and the text
WORDS = ("board", "learning", "practice", "review", "social", "work", "families", "early", "help", "children")
NEVER = threading.Event()


@dataclass
class Chair(Visitor):
    """One person with one return and one open page."""

    number: int
    return_id: str
    ledger: Ledger
    seed: int = 0
    version: int = 0
    sequence: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self.chance = random.Random(f"{self.seed}/{self.number}")
        self.tab = secrets.token_hex(12)

    def answers(self) -> tuple[str, dict[str, str]]:
        """A page, and what the chair answers there this time: a text that was never written before, or a battery."""
        if self.chance.random() < 0.5:
            page = self.chance.choice(list(TEXTS))
            return page, {TEXTS[page]: self.new_text()}
        page = self.chance.choice(BATTERIES)
        return page, {f"{page}.{each}": self.chance.choice(QUALITY) for each in self.chance.sample(AGENCIES, 3)}

    def new_text(self) -> str:
        """Words that name this chair and this save in letters, since figures could be taken for a person's."""
        spelt = "".join(chr(ord("a") + int(digit)) for digit in f"{self.number:03}{self.sequence:05}")
        return f"{' '.join(self.chance.sample(WORDS, 4))} {spelt}"

    def save(self, *, tries: int = 1, pause: float = 0.5, over: threading.Event | None = None, **headers: str) -> bool:
        """Saves some answers by itself, as an open page does; whether that was acknowledged, within so many tries."""
        page, sent = self.answers()
        entry = self.ledger.sent(self.return_id, sent)
        for number in range(tries):
            self.sequence += 1
            own = [("base-version", str(self.version)), ("tab-key", self.tab), ("tab-sequence", str(self.sequence))]
            path = f"/returns/{self.return_id}/autosave/{page}/"
            reply = self.ask("POST", path, [*own, *sent.items()], Accept="application/json", **headers)
            if reply.status == 200 and self._is_saved(reply, sent):
                self.ledger.acknowledged(entry, version=self.version)
                return True
            headers = {}
            if number + 1 == tries or (over or NEVER).wait(pause):
                break
        return False

    def _is_saved(self, reply: Reply, sent: dict[str, str]) -> bool:
        try:
            said = json.loads(reply.text)
        except ValueError:  # cut in the middle
            return False
        if said["state"] != "saved" or said["waiting"]:
            return False
        self.version = int(said["version"])
        return all(said["values"][item] == value for item, value in sent.items())

    def submit(self, *, tries: int = 1, pause: float = 0.5, over: threading.Event | None = None, **headers: str) -> str:
        """Sends the return as this page knows it; the reference on the receipt, or nothing."""
        for number in range(tries):
            path = f"/returns/{self.return_id}/submit/"
            reply = self.ask("POST", path, [("base-version", str(self.version))], **headers)
            headers = {}
            if reply.status == 303 and "/submissions/" in reply.location:
                self.ledger.submitted(self.return_id, version=self.version, number=_number_in(reply.location))
                reference = self.reference(reply.location, tries=tries - number)
                if reference:
                    self.ledger.received(self.return_id, version=self.version, reference=reference)
                return reference
            if number + 1 == tries or (over or NEVER).wait(pause):
                break
        return ""

    def reference(self, path: str, *, tries: int = 1) -> str:
        """What the receipt says."""
        for _ in range(max(tries, 1)):
            reply = self.ask("GET", path)
            found = re.search(r'receipt__reference">([A-Z0-9-]+)<', reply.text)
            if reply.status == 200 and found:
                return found.group(1)
            time.sleep(0.3)
        return ""


def _number_in(location: str) -> int:
    found = re.search(r"/submissions/(\d+)/", location)
    assert found
    return int(found.group(1))


class Crowd:
    """Chairs that go on until they are told to stop; each waits a little between two saves."""

    def __init__(
        self, chairs: Iterable[Chair], *, pause: float = 0.1, submits: float = 0.0, patience: float = 0.5
    ) -> None:
        self.chairs = list(chairs)
        self._pause, self._submits, self._patience, self._over = pause, submits, patience, threading.Event()
        self._threads = [threading.Thread(target=self._live, args=(chair,), daemon=True) for chair in self.chairs]
        self.errors: list[str] = []

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(timeout=90)
        for chair in self.chairs:
            chair.hang_up()

    def _live(self, chair: Chair) -> None:
        try:
            self._over.wait(self._pause * chair.chance.random())  # people do not begin all at once
            while not self._over.is_set():
                # As the browser: the same answers are sent again until they are acknowledged.
                saved = chair.save(tries=100, pause=self._patience, over=self._over)
                if saved and chair.chance.random() < self._submits:
                    chair.submit(tries=100, pause=self._patience, over=self._over)
                self._over.wait(self._pause * chair.chance.uniform(0.5, 1.5))
        except Exception as error:  # noqa: BLE001 -- a chair that breaks down must be seen by the experiment
            self.errors.append(f"{type(error).__name__}: {error}")


def statuses(chairs: Iterable[Chair]) -> dict[int, int]:
    """How often each status came."""
    counted: dict[int, int] = {}
    for chair in chairs:
        for reply in chair.replies:
            counted[reply.status] = counted.get(reply.status, 0) + 1
    return dict(sorted(counted.items()))


def wait_for(question: Callable[[], object], *, seconds: float, every: float = 0.2) -> float | None:
    """How long it took until the question was answered with yes; nothing if it never was."""
    began = time.monotonic()
    while time.monotonic() < began + seconds:
        with suppress(Exception):
            if question():
                return time.monotonic() - began
        time.sleep(every)
    return None
