"""What an experiment works with: a house of its own, chairs, a ledger, a seed and the number of rounds."""

import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from bench.faults.registry import Outcome
from tests.faults.chairs import Chair, wait_for
from tests.faults.house import House, Ports, house
from tests.faults.ledger import Ledger, violations

SETTLING = 60.0  # seconds within which all that was begun must be done


@dataclass
class Lab:
    """One experiment's surroundings."""

    folder: Path
    programs: Path
    prepared: Path
    people: Sequence[tuple[str, str]]  # session and return of one chair for each board
    ports: Ports
    seed: int
    rounds: int
    ledger: Ledger = field(default_factory=Ledger)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.ledger.file = self.folder / "ledger.jsonl"

    @contextmanager
    def house(
        self,
        *start: str,
        application: str = "config.wsgi",
        web_options: Sequence[str] = (),
        variables: Mapping[str, str] | None = None,
        database: Path | None = None,
        options: Sequence[str] = (),
    ) -> Iterator[House]:
        """A house on a copy of the prepared database, with these programs of the product started."""
        home = self.folder / "house"
        home.mkdir(exist_ok=True)
        with house(
            home,
            programs=self.programs,
            prepared=self.prepared,
            ports=self.ports,
            application=application,
            web_options=web_options,
            variables=variables,
            database=database,
            options=options,
        ) as found:
            for name in start or ("web", "worker", "scheduler"):
                found[name].start()
            try:
                yield found
            finally:
                connection.close()

    def chairs(self, found: House, count: int, *, first: int = 0, port: int = 0) -> list[Chair]:
        """So many chairs, each of another board, who reach the survey through the proxy."""
        mine = list(enumerate(self.people))[first : first + count]
        return [
            Chair(port or found.ports.proxy, session, number, return_id, self.ledger, seed=self.seed)
            for number, (session, return_id) in mine
        ]

    def settled(self) -> tuple[list[str], float]:
        """What is wrong once the outbox is empty or its time is over, and how long that took."""
        began = time.monotonic()
        wait_for(outbox_is_empty, seconds=SETTLING)
        took = time.monotonic() - began
        connection.close()
        return violations(self.ledger), took

    def outcome(self, figure: str, *, faults: int, problems: Sequence[str] = (), passed: bool = True) -> Outcome:
        """Passed if nothing is wrong; what is wrong is told, at most ten of it."""
        told = (*problems[:10], *([f"and {len(problems) - 10} more"] if len(problems) > 10 else []))
        counted = self.ledger.acknowledgements
        figure = f"{figure}; {counted:,} acknowledged, {len(problems)} violations"
        return Outcome(figure, passed and not problems, faults, counted, told)


def outbox_is_empty() -> bool:
    """Whether no message waits or is being sent."""
    from accounts.leases import UNFINISHED
    from accounts.outbox.models import Message

    connection.close()
    return not Message.objects.filter(state__in=UNFINISHED).exists()


def letters_twice(found: House) -> int:
    """How many letters came more than once to the post office."""
    numbers = Counter(str(letter["Message-ID"]) for _, letter in found.office.letters)
    return sum(count - 1 for count in numbers.values())
