"""What another person sends with references that were harvested: addresses, queries, bodies and headers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote, urlencode

from bench.references.identifiers import Reference, shape_of

NAMES = ("return_id", "return", "board", "id", "query_id", "contribution_id", "source_id", "from", "as", "next")
HEADERS = ("X-Return", "X-Original-URL", "X-Rewrite-URL", "Referer", "X-HTTP-Method-Override", "If-None-Match", "Range")
ALIKE = {"uuid": {"uuid"}, "number": {"number"}, "token": {"token", "digest"}, "word": {"word", "reference", "token"}}


@dataclass(frozen=True)
class Try:
    """One request."""

    way: str
    method: str
    address: str
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Harvest:
    """The addresses and references of the one, the addresses and the forms of the other."""

    addresses: Sequence[str]
    references: Sequence[Reference]
    own_addresses: Sequence[str]
    own_forms: Sequence[tuple[str, tuple[str, ...]]] = field(default_factory=tuple)  # where to, names of its fields

    @property
    def own_pages(self) -> list[str]:
        """One's own addresses but for what is printed, which takes a second each time."""
        return [each for each in self.own_addresses if not each.endswith((".pdf", ".docx"))]


def tries(found: Harvest, *, some: int, rng: Random) -> Iterator[Try]:
    """So many of each way, chosen by chance where there are more."""
    ways = (
        _as_they_are(found.addresses),
        _children_swapped(found),
        _parents_swapped(found),
        _queries(found),
        _bodies(found),
        _headers(found),
    )
    for way in ways:
        every = sorted(set(way), key=repr)
        yield from rng.sample(every, min(some, len(every)))


def _as_they_are(addresses: Iterable[str]) -> Iterator[Try]:
    for address in addresses:
        for method in ("GET", "POST", "HEAD"):
            yield Try("path", method, address)


def _children_swapped(found: Harvest) -> Iterator[Try]:
    """One's own address with one part of another's."""
    for address in found.own_addresses:
        for method in ("GET", "POST"):
            yield from (Try("child", method, each) for each in _swapped(address, found.references))


def _parents_swapped(found: Harvest) -> Iterator[Try]:
    """Another's address with one part of one's own, so that the two do not belong together."""
    own = {
        Reference(shape_of(part), part) for address in found.own_addresses for part in _parts(address) if _names(part)
    }
    for address in found.addresses:
        for method in ("GET", "POST"):
            yield from (Try("parent", method, each) for each in _swapped(address, sorted(own)))


def _queries(found: Harvest) -> Iterator[Try]:
    for address in found.own_pages:
        path = address.partition("?")[0]
        for each in found.references:
            yield from (Try("query", "GET", f"{path}?{urlencode({name: each.value})}") for name in NAMES)


def _bodies(found: Harvest) -> Iterator[Try]:
    """One's own forms with another's reference in each field, and in fields that were not asked for."""
    for address, names in found.own_forms:
        for each in found.references:
            for name in (*names, *NAMES[:6]):
                sent = [(other, "1") for other in names if other != name]
                yield Try("body", "POST", address, urlencode([*sent, (name, each.value)]))


def _headers(found: Harvest) -> Iterator[Try]:
    for address in found.own_pages:
        for each in found.references:
            for name in HEADERS:
                value = f"/returns/{each.value}/" if name.startswith(("X-O", "X-Rew", "Ref")) else each.value
                yield Try("header", "GET", address, headers=((name, value),))


def _swapped(address: str, references: Iterable[Reference]) -> Iterator[str]:
    path, mark, query = address.partition("?")
    parts = path.split("/")
    for place, part in enumerate(parts):
        stem, dot, ending = part.partition(".")
        for each in references:
            if _names(stem) and each.kind in ALIKE[shape_of(stem)] and each.value != stem:
                swapped = [*parts[:place], f"{quote(each.value, safe='')}{dot}{ending}", *parts[place + 1 :]]
                yield "/".join(swapped) + mark + query


def _parts(address: str) -> list[str]:
    return [part.partition(".")[0] for part in address.partition("?")[0].split("/") if part]


def _names(part: str) -> bool:
    """Whether this part of an address names an object and not a page."""
    return shape_of(part) != "word" or "-" in part
