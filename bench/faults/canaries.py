"""What people type and are sent, looked for in everything that a house writes beside its database."""

import base64
import re
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path

from accounts.models import User
from tests.faults.chairs import wait_for
from tests.faults.house import House
from tests.faults.ledger import Ledger
from tests.faults.visitors import Visitor

CODE = re.compile(r"^[A-Z]{4}(-[A-Z]{4}){1,2}\s*$", re.MULTILINE)
WORD = re.compile(rb"\w+")
INSIDE = re.compile(rb"[A-Za-z0-9+/]{24,}={0,2}")  # what may be the body of a task


def sign_in(house: House, email: str, *, source: str) -> tuple[Visitor, str]:
    """Somebody who came in with the code that the post office was given; and the code."""
    visitor = Visitor(house.ports.proxy, "")
    visitor.source = source
    before = len(house.office.letters)
    visitor.ask("POST", "/sign-in/", [("email", email)])
    code = code_for(house, email, after=before)
    visitor.ask("POST", "/sign-in/code/", [("code", "BCDF-GHJK")])
    entered = visitor.ask("POST", "/sign-in/code/", [("code", code)])
    assert entered.status == 302, entered.status
    return visitor, code


def code_for(house: House, email: str, *, after: int) -> str:
    """The code in the first letter to this address after so many letters."""
    found = list[str]()

    def is_there() -> bool:
        new = house.office.letters[after:]
        found.extend(_code_in(letter) for to, letter in new if email in to)
        return bool(found)

    assert wait_for(is_there, seconds=30) is not None, f"no code came for {email}"
    return found[0]


def _code_in(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    found = CODE.search(body.get_content() if body else "")
    assert found, letter["Subject"]
    return found.group().strip()


def named_people() -> set[str]:
    """Gives everybody a name that stands nowhere else; the names."""
    for person in User.objects.all():
        User.objects.filter(pk=person.pk).update(name=f"Canaria Vogel{person.pk:05}")
    return {f"Canaria Vogel{pk:05}" for pk in User.objects.values_list("pk", flat=True)}


def answers_of(ledger: Ledger) -> set[str]:
    """Every text that somebody sent; a choice has the same words for all."""
    return {value for entry in ledger.entries for value in entry.sent.values() if " " in value}


@contextmanager
def overheard(port: int, file: Path) -> Iterator[None]:
    """Everything that Redis is told goes to the file."""
    over = threading.Event()

    def listen() -> None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)) as line, file.open("ab") as kept:
            line.sendall(b"MONITOR\r\n")
            line.settimeout(0.5)
            while not over.is_set():
                with suppress(TimeoutError):
                    kept.write(line.recv(65_536))

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(5)


def found_in(content: bytes, canaries: Iterable[str]) -> set[str]:
    """Those that stand in it, as they are or inside what is written in base 64."""
    whole = content + b"\n" + b"\n".join(_decoded(content))
    words = set(WORD.findall(whole))  # a text is looked for where its last word is: there are thousands of them
    likely = (each for each in canaries if " " not in each or each.split()[-1].encode() in words)
    return {canary for canary in likely if canary.encode() in whole}


def _decoded(content: bytes) -> Iterator[bytes]:
    for piece in set(INSIDE.findall(content)):
        with suppress(ValueError):
            yield base64.b64decode(piece, validate=True)
