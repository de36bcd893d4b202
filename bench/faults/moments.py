"""What people met while something was done: how many asked, how many were not served, and how long it took."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

from bench.faults.loads import FINE, failed, within
from tests.faults.chairs import Chair
from tests.faults.visitors import Reply


@dataclass(frozen=True)
class Met(Reply):
    """What came back, and when it was asked for."""

    at: float = 0.0


@dataclass
class Passer(Chair):
    """Opens a line for each request, so that none at rest is closed under it and a failure is one; notes when."""

    met: list[Met] = field(default_factory=list)

    def ask(self, method: str, path: str, fields: Sequence[tuple[str, str]] = (), **headers: str) -> Reply:
        """One request."""
        began = monotonic()
        reply = super().ask(method, path, fields, Connection="close", **headers)
        self.hang_up()
        self.met.append(Met(reply.status, seconds=reply.seconds, at=began))
        return reply


def passers(chairs: Iterable[Chair]) -> list[Passer]:
    """The same people, as such."""
    names = ("number", "port", "session", "return_id", "ledger", "seed")
    return [Passer(**{name: getattr(each, name) for name in names}) for each in chairs]


@dataclass
class Moment:
    """From when to when something was done; of a loss, from the moment it had happened."""

    name: str
    is_loss: bool
    begin: float
    end: float = 0.0
    since: float = 0.0  # when it began to happen, of a loss
    met: list[Met] = field(default_factory=list)

    @property
    def under_way(self) -> list[Met]:
        """What had been asked before it."""
        return [each for each in self.met if each.at < self.begin]

    @property
    def begun(self) -> list[Met]:
        """What was asked while it was so."""
        return [each for each in self.met if each.at >= self.begin]


@contextmanager
def moment(kept: list[Moment], name: str, *, loss: Callable[[], object] | None = None) -> Iterator[None]:
    """What is done in the block, after the loss if there is one, is noted among these."""
    since = monotonic()
    if loss:
        loss()
    found = Moment(name, loss is not None, monotonic(), since=since)
    try:
        yield
    finally:
        found.end = monotonic()
        kept.append(found)


def share_out(moments: Sequence[Moment], met: Iterable[Met]) -> None:
    """Gives each request to the loss that it was under way at, or else to the moment in which it was asked."""
    for each in met:
        lost = (one for one in moments if one.is_loss and each.at < one.begin and each.at + each.seconds >= one.since)
        then = (one for one in moments if one.begin <= each.at <= one.end)
        found = next(lost, None) or next(then, None)
        if found:
            found.met.append(each)


def figures(moments: Sequence[Moment]) -> str:
    """How many asked, failed and waited, for each name."""
    names = dict.fromkeys(each.name for each in moments)
    return "; ".join(_figure(name, [each for each in moments if each.name == name]) for name in names)


def _figure(name: str, same: Sequence[Moment]) -> str:
    begun, under_way = [[reply for each in same for reply in getattr(each, kind)] for kind in ("begun", "under_way")]
    also = f" and {failed(under_way)} of {len(under_way)} that were under way on any host" if same[0].is_loss else ""
    bad = failed(begun) + failed(under_way)
    share = f" ({bad / (len(begun) + len(under_way)):.1%})" if bad else ""
    return f"{name}: {failed(begun)} of {len(begun)}{also} failed{share}, 95% within {1000 * within(begun):.0f} ms"


def problems_of(each: Moment, *, people: int) -> list[str]:
    """What failed though it was asked when nobody should have noticed, or more than once for somebody at a loss."""
    bad = sorted({reply.status for reply in each.begun if reply.status not in FINE})
    problems = [f"{each.name}: {failed(each.begun)} of {len(each.begun)} requests failed with {bad}"] if bad else []
    if failed(each.under_way) > people:
        problems.append(f"{each.name}: {failed(each.under_way)} of {people} people lost what was under way")
    return problems if each.begun else [*problems, f"{each.name}: nobody asked for anything"]
