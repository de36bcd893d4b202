"""What in a text may point to a board, a place or a person: patterns and the names of the register."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from respondents.register.models import Appointment, Authority, Board
from respondents.returns.scanning import scan

BOARD, PLACE, PERSON, AGENCY, DATE = "[board]", "[place]", "[person]", "[agency]", "[date]"
PROGRAMME = "[programme]"
# What stands in place of each kind that the scan of answers knows.
MARKS = {
    "an email address": "[address]",
    "an NHS number": "[number]",
    "a pupil number": "[number]",
    "a National Insurance number": "[number]",
    "a telephone number": "[number]",
    "a postcode": PLACE,
    "a date of birth": DATE,
    "the age of one person": "[age]",
    "a name with an age": "[child]",
    "a case number": "[number]",
    "one child or family": "[child]",
}
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATES = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTH})\b(?:\s\d{{4}})?|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b",
    re.IGNORECASE,
)
_AGENCIES = re.compile(r"\b(?:(?:St\.?|[A-Z][\w'’]+)[ \-]){1,4}(?:Hospital|Infirmary|School|Academy|College|Surgery)\b")
_SUFFIX = re.compile(r"\s*\b(?:local\s)?safeguarding children(?:[’']s)? board$", re.IGNORECASE)
_AROUND = re.compile(
    r"^(?:city of|london borough of|royal borough of|county of)\s+|,?\s+(?:city|city of|county)$", re.IGNORECASE
)
SHORTEST_SURNAME = 4


@dataclass(frozen=True)
class Found:
    """A passage to decide on: what it looks like, and what would stand in its place."""

    kind: str
    mark: str
    start: int
    end: int


@dataclass(frozen=True)
class Names:
    """Every name of the register, as patterns by kind and mark."""

    patterns: tuple[tuple[str, str, re.Pattern[str]], ...]

    def find(self, text: str) -> tuple[Found, ...]:
        """Every passage, in order; where two overlap the kind that was looked for first keeps it."""
        taken: list[Found] = []
        for found in (*_scanned(text), *self._named(text)):
            if all(found.end <= other.start or other.end <= found.start for other in taken):
                taken.append(found)
        return tuple(sorted(taken, key=lambda each: each.start))

    def _named(self, text: str) -> Iterator[Found]:
        for kind, mark, pattern in self.patterns:
            yield from (Found(kind, mark, *match.span()) for match in pattern.finditer(text))


def names_of_register() -> Names:
    """The names of boards, authorities and chairs as they are now, in two queries."""
    areas, authorities = (model.objects.order_by().values_list("name", flat=True) for model in (Board, Authority))
    places = list(areas.union(Board.objects.order_by().values_list("area_name", flat=True), authorities))
    chairs = Appointment.objects.exclude(person__name="").values_list("person__name", flat=True).distinct()
    return names_in(boards=places, places=places, people=chairs)


def with_local(names: Names, words: Iterable[str]) -> Names:
    """These names, and before them those that the team has listed."""
    pattern = _any(words)
    return Names((("a name on the wave’s list", PROGRAMME, pattern), *names.patterns)) if pattern else names


def names_in(*, boards: Iterable[str], places: Iterable[str], people: Iterable[str]) -> Names:
    """The names given, the longer before the shorter."""
    areas = {_AROUND.sub("", _SUFFIX.sub("", name)).strip() for name in places}
    people = list(people)
    surnames = {name.split()[-1] for name in people if len(name.split()[-1]) >= SHORTEST_SURNAME}
    return Names(
        tuple(
            (kind, mark, pattern)
            for kind, mark, pattern in (
                ("the name of a board", BOARD, _any(name for name in boards if _SUFFIX.search(name))),
                ("the name of a chair", PERSON, _any(people)),
                ("a name like a chair’s", PERSON, _any(surnames, flags=re.NOFLAG)),
                ("an agency", AGENCY, _AGENCIES),
                ("the name of a place", PLACE, _any({*places, *areas})),
                ("a date", DATE, _DATES),
            )
            if pattern is not None
        )
    )


def _scanned(text: str) -> Iterator[Found]:
    yield from (Found(each.kind, MARKS[each.kind], each.start, each.end) for each in scan(text))


def _any(names: Iterable[str], *, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str] | None:
    """Any of the names as whole words, however they are spaced, with “&” for “and”."""
    known = sorted({name.strip() for name in names if name.strip()}, key=len, reverse=True)
    if not known:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_loosely, known))})(?!\w)", flags)


def _loosely(name: str) -> str:
    words = re.split(r"[\s\-]+", name)
    return r"[\s\-]+".join("(?:and|&)" if word.casefold() in {"and", "&"} else _word(word) for word in words)


def _word(word: str) -> str:
    return re.escape(word).replace("'", "['’]?").replace("’", "['’]?").replace(r"\.", r"\.?")
