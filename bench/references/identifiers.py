"""What in a text could name an object: numbers and words of addresses, keys of JSON, tokens, references, digests."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

HEX = "[0-9a-fA-F]"
UUID = re.compile(rf"(?<![0-9a-zA-Z]){HEX}{{8}}-?{HEX}{{4}}-?{HEX}{{4}}-?{HEX}{{4}}-?{HEX}{{12}}(?![0-9a-zA-Z])")
REFERENCE = re.compile(r"(?<![\w-])[A-Z0-9]{3,8}(?:-[A-Z0-9]{3,8}){1,4}(?![\w-])")
DIGEST = re.compile(rf"(?<![0-9a-zA-Z]){HEX}{{40,128}}(?![0-9a-zA-Z])")
TOKEN = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-zA-Z])[\w-]{16,200}(?:[:.][\w-]{5,200})*(?![\w-])", re.ASCII)
KEYED = re.compile(
    r"\"?\b[a-z_]{0,30}(?:id|pk|key|number|version|pseudonym)\"?\s*[:=]\s*\"?([\w.:-]{1,200})", re.IGNORECASE
)
FILE = re.compile(r"[\w.-]*?(\d+)\.(?:pdf|csv|docx|xlsx|json|ics|zip|yaml|html)\b", re.ASCII)
ADDRESS = re.compile(r"(?:https?://[\w.:-]+)?(/[\w.~%@:+=-]+(?:/[\w.~%@:+=-]*)*)(\?[^\s\"'<>)\]]*)?", re.ASCII)
ADDRESSEE = re.compile(r"([\w.+-]{6,200})@[\w.-]+")  # of an entry in a calendar or of a letter: it may hold a key
WORD = re.compile(r"[a-z0-9][a-z0-9-]{1,79}", re.IGNORECASE)
KINDS = ("uuid", "number", "token", "reference", "digest", "word")


@dataclass(frozen=True, order=True)
class Reference:
    """Something that could name an object, and its shape."""

    kind: str
    value: str


def identifiers_in(text: str) -> frozenset[Reference]:
    """Everything in this text that could name an object."""
    return frozenset(_found(text))


def addresses_in(text: str, *, site: Iterable[str] = ()) -> frozenset[str]:
    """The addresses in this text, as paths with their queries; those of other sites than these are left out."""
    hosts = {*site, ""}
    found = (urlsplit(each.group()) for each in ADDRESS.finditer(text))
    return frozenset(f"{each.path}?{each.query}" if each.query else each.path for each in found if each.netloc in hosts)


def shape_of(part: str) -> str:
    """Which kind one part of an address is of."""
    if UUID.fullmatch(part):
        return "uuid"
    if part.isdigit():
        return "number"
    return "token" if TOKEN.fullmatch(part) else "word"


def _found(text: str) -> Iterator[Reference]:
    for kind, pattern in (("uuid", UUID), ("reference", REFERENCE), ("digest", DIGEST), ("token", TOKEN)):
        yield from (Reference(kind, each) for each in pattern.findall(text))
    yield from (Reference("number", each) for each in FILE.findall(text))
    yield from (Reference(shape_of(each), each) for each in ADDRESSEE.findall(text))
    yield from (Reference(shape_of(each), each) for each in KEYED.findall(text))
    for path, query in ADDRESS.findall(text):
        parts = [*unquote(path).split("/"), *(value for _, value in parse_qsl(query[1:]))]
        for part in parts:
            yield from _of_part(part)


def _of_part(part: str) -> Iterator[Reference]:
    stem = part.rpartition(".")[0] or part
    for each in {part, stem}:
        if UUID.fullmatch(each) or each.isdigit() or TOKEN.fullmatch(each) or WORD.fullmatch(each):
            yield Reference(shape_of(each), each)
