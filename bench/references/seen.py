"""Everything that a person is shown, given, sent and told, and what is written about them in the logs."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.core import mail
from django.http import HttpResponseBase
from django.test import Client, override_settings
from lxml import html

from accounts.outbox.models import Message
from accounts.outbox.sending import send_message
from bench.references.reading import text_of
from config.watching.lines import house_formatter

HERE = "testserver"
NEVER = ("/sign-in/out/", "/sign-out", "/static/", "/sign-in/")  # what ends the session, or is nobody's
KINDS = {"wordprocessingml.document": "Word", "spreadsheetml.sheet": "workbook", "pdf": "PDF", "calendar": "calendar"}


@dataclass(frozen=True)
class Seen:
    """One thing: of which kind it is, where it was, and all that it says."""

    kind: str
    where: str
    text: str


def whole(answer: HttpResponseBase) -> bytes:
    """The body, streamed or not."""
    if answer.streaming:
        return b"".join(answer)
    return bytes(getattr(answer, "content", b""))


def kind_of(answer: HttpResponseBase) -> str:
    """A short word for what it is."""
    said = answer.get("Content-Type", "").partition(";")[0].rpartition("/")[2]
    return next((word for part, word in KINDS.items() if said.endswith(part)), said or "nothing")


def seen_by(client: Client, *, begins: tuple[str, ...], most: int) -> Iterator[Seen]:
    """Every page and file that links lead to from these, so many at most, as whoever is signed in here."""
    waiting, known = list(begins), {*begins}
    while waiting and most:
        address, most = waiting.pop(0), most - 1
        answer = client.get(address, follow=False)
        yield from told_by(answer, where=address)
        for link in links(answer, address):
            if link not in known:
                known.add(link)
                waiting.append(link)


def told_by(answer: HttpResponseBase, *, where: str) -> Iterator[Seen]:
    """An answer with its headers: the name of a file stands there."""
    yield Seen("header", where, "\n".join(f"{name}: {value}" for name, value in answer.items()))
    yield Seen("address", where, where)
    yield Seen(kind_of(answer), where, text_of(whole(answer)))


def links(answer: HttpResponseBase, address: str) -> list[str]:
    """Where a page leads by GET, and what it would send by POST is an address too but is not followed."""
    if answer.get("Location"):
        return _ours([answer["Location"]], address)
    if kind_of(answer) != "html" or not whole(answer).strip():
        return []
    page = html.fromstring(whole(answer))
    return _ours([each.get("href") or "" for each in page.iter("a", "link")], address)


def _ours(found: list[str], address: str) -> list[str]:
    whole_ones = (urlsplit(urljoin(f"http://{HERE}{address}", each)) for each in found)
    return [
        f"{each.path}?{each.query}" if each.query else each.path
        for each in whole_ones
        if each.netloc in {HERE, "localhost"} and not each.path.startswith(NEVER)
    ]


def letters_to(email: str) -> Iterator[Seen]:
    """Every letter that waits for this person, as it is sent: heads, words, files inside."""
    before = len(mail.outbox)
    for pk in Message.objects.filter(recipient=email, sent_at=None).values_list("pk", flat=True):
        send_message(pk)
    for letter in mail.outbox[before:]:
        yield Seen("letter", f"letter “{letter.subject}”", text_of(letter.message().as_bytes()))


@contextmanager
def lines_of_the_log() -> Iterator[list[Seen]]:
    """What is logged until the block ends, as machines are given it."""
    found: list[Seen] = []
    as_machines = override_settings(LOG_FORMAT="json")  # where people read the log, requests have no line

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(Seen("log", record.name, self.format(record)))

    keeper, survey = Keeper(), logging.getLogger("survey")
    keeper.setFormatter(house_formatter("json"))
    before = survey.level
    survey.setLevel(logging.INFO)
    survey.addHandler(keeper)
    try:
        with as_machines:
            yield found
    finally:
        survey.removeHandler(keeper)
        survey.setLevel(before)
