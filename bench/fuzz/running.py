"""Sends inputs one after the other, each undone before the next, and keeps what must not have happened."""

import logging
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.utils import timezone

from bench.fuzz.commands import command_input, importer_input
from bench.fuzz.forms import form_input
from bench.fuzz.harvest import Target, targets
from bench.fuzz.inputs import Sent, request_for
from bench.fuzz.words import MARK, MARKUP, UNASKED
from respondents.returns.models import Return
from respondents.returns.saving import Sending, save_answers
from tests.access.asking import MAY_BE_WRITTEN
from tests.access.world import World, make_world, sign_everybody_in

CANARIES = {"own": "canary of Barnet 51c7", "other": "canary of Derby 92e4"}
BOARDS = {
    "chair": "other",
    "contributor": "other",
    "signer": "other",
    "other_chair": "own",
}  # what is another’s to them
MARKS_A_ROW = 20  # letters; shorter numbers stand in many statements
ANEW = 400  # inputs between two sign-ins of everybody, so that no session grows old
# Which share of inputs are requests to the whole site, forms that are filled in without it, and commands.
REQUESTS, FORMS, COMMANDS = 0.12, 0.52, 0.525
TAKES = 0.88
# What may be written beside what was asked for: limits count, and who may come is noted.
NOTES = (*MAY_BE_WRITTEN, "accounts_limits_cache", "django_cache", "cache_table", "accounts_attempt")


@dataclass(frozen=True)
class Fault:
    """What must not have happened: to which input, and how it can be sent again."""

    number: int
    what: str
    where: str
    told: str


@dataclass
class Run:
    """What came of all inputs."""

    seed: int
    inputs: int = 0
    seconds: float = 0.0
    ways: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    reached: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)


def run(*, inputs: int, seed: int, first: int = 0, tell: Callable[[Run], None] = lambda _: None) -> Run:
    """Sends so many inputs; the same seed and number give the same input."""
    logging.disable(logging.CRITICAL)
    done, started = Run(seed), time.monotonic()
    with transaction.atomic(), noticed() as raised:
        world = make_world()
        plant(world)
        found = targets(world)
        raised.clear()
        for number in range(first, first + inputs):
            if number % ANEW == 0:
                sign_everybody_in(world)
            try_one(done, world, found, number=number, raised=raised)
            done.inputs, done.seconds = done.inputs + 1, time.monotonic() - started
            tell(done)
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)
    return done


def try_one(done: Run, world: World, found: list[Target], *, number: int, raised: list[str]) -> None:
    """One input: mostly a request, now and then a command or a file for an importer."""
    rng = Random(f"{done.seed}:{number}")
    share = rng.random()
    if share < REQUESTS:
        ask(done, world, chosen(found, rng), rng, number=number, raised=raised)
        return
    if share < FORMS and (shown := [each for each in found if each.forms]):
        name, work = form_input(rng.choice(shown), rng)
    else:
        name, work = command_input(rng) if share < COMMANDS else importer_input(rng)
    done.ways[name] += 1
    try:
        with _undone():
            work()
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        done.faults.append(Fault(number, "raised", name, _last_lines(error)))


def chosen(found: list[Target], rng: Random) -> Target:
    """An address, mostly one that takes a form: pages that are only read take less, and cost more."""
    takes = rng.random() < TAKES
    return rng.choice([each for each in found if each.takes == takes] or found)


def ask(done: Run, world: World, target: Target, rng: Random, *, number: int, raised: list[str]) -> None:
    """One request, and whether what came back may come back."""
    foreign = references(world, BOARDS[target.actor]) if target.actor in BOARDS else []
    sent = request_for(target, rng, foreign=foreign)
    done.ways[sent.way] += 1
    done.reached.add(f"{target.route} {target.actor}")
    raised.clear()
    try:
        with _undone(), written() as rows:
            answer = send(world, target.actor, sent)
    except Exception as error:  # noqa: BLE001 -- anything that comes through is what is looked for
        done.faults.append(Fault(number, "came through", f"{target.route} {target.actor}", _last_lines(error)))
        return
    done.statuses[answer.status_code] += 1
    for what, told in (*faults_of(answer, rows, raised), *disclosed(world, target, sent, answer, rows)):
        done.faults.append(Fault(number, what, f"{sent.way} {target.route} {target.actor} {answer.status_code}", told))


def send(world: World, actor: str, sent: Sent) -> HttpResponseBase:
    """The answer of the whole site."""
    headers = {name.removeprefix("HTTP_").replace("_", "-"): value for name, value in sent.headers.items()}
    headers.pop("COOKIE", None)  # the session is kept
    browser = world.browser(actor)
    path, _, query = sent.address.partition("?")
    return browser.generic(
        sent.method, path, sent.body, content_type=sent.kind or " ", headers=headers, QUERY_STRING=query
    )


def disclosed(
    world: World, target: Target, sent: Sent, answer: HttpResponseBase, rows: list[str]
) -> Iterator[tuple[str, str]]:
    """Words or rows of another board, where somebody who answers sent its numbers in place of their own."""
    if target.actor not in BOARDS or answer.streaming:
        return
    foreign = BOARDS[target.actor]
    if CANARIES[foreign] in getattr(answer, "content", b"").decode("utf-8", "replace"):
        yield "disclosed", sent.address
    keys = references(world, foreign)
    for row in rows if sent.way == "reference" else ():
        if any(key in row for key in keys if len(key) > MARKS_A_ROW):
            yield "wrote to another", row[:600]


def references(world: World, part: str) -> list[str]:
    """The numbers of the return of one side and of what hangs on it, as addresses and statements have them."""
    values = getattr(world, part)
    whole = str(values["return_id"])
    named = (values[name] for name in ("contribution_id", "query_id", "asked_id", "build_id", "pseudonym"))
    return [whole, whole.replace("-", ""), *(str(value) for value in named)]


def plant(world: World) -> None:
    """An answer on each side that the other must never read."""
    for part, word in CANARIES.items():
        found = Return.objects.get(pk=getattr(world, part)["return_id"])
        person = world.people["chair" if part == "own" else "other_chair"]
        save_answers(found, Sending(found.version, {"G1": word}), person=person, now=timezone.now())


def faults_of(answer: HttpResponseBase, rows: list[str], raised: list[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with an answer."""
    if answer.status_code >= 500 and answer.status_code != 503:
        yield "server error", raised[0] if raised else str(answer.status_code)
    elif raised:
        yield "raised", raised[0]
    if answer.status_code >= 400 and rows:
        yield "half done", rows[0][:400]
    yield from arrived(rows)
    if answer.streaming or not answer.get("Content-Type", "").startswith("text/html"):
        return
    text = getattr(answer, "content", b"").decode("utf-8", "replace")
    if "Traceback (most recent call last)" in text:
        yield "traceback", text[:300]
    if MARK in text and any(markup in text for markup in MARKUP[:6]):
        yield "unescaped", text[max(0, text.index(MARK) - 100) : text.index(MARK) + 40]


def arrived(rows: list[str]) -> Iterator[tuple[str, str]]:
    """What was written of words that nobody was asked for, and of rows that belong to somebody else."""
    for row in rows:
        if UNASKED in row:
            yield "arrived unasked", row[:600]


@contextmanager
def written() -> Iterator[list[str]]:
    """The statements that wrote something and were not undone in the meantime."""
    kept: list[str] = []

    def note(execute: Callable[..., object], sql: str, *rest: object) -> object:
        word = sql.lstrip()[:9].upper()
        if word.startswith(("INSERT", "UPDATE", "DELETE")) and not any(name in sql for name in NOTES):
            kept.append(f"{sql[:200]} {str(rest[0])[:20_000]}")
        elif word == "SAVEPOINT":
            kept.append(sql.strip())
        elif word == "ROLLBACK " and (mark := "SAVEPOINT " + sql.rsplit(maxsplit=1)[-1]) in kept:
            del kept[kept.index(mark) :]
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield kept
    kept[:] = [each for each in kept if not each.startswith("SAVEPOINT")]


@contextmanager
def noticed() -> Iterator[list[str]]:
    """The exceptions that nothing in the product expected, as lines."""
    raised: list[str] = []

    def note(**_: object) -> None:
        raised.append("".join(traceback.format_exc().splitlines(keepends=True)[-6:]))

    got_request_exception.connect(note)
    try:
        yield raised
    finally:
        got_request_exception.disconnect(note)


def _last_lines(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)[-4:])[-900:]


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
