"""Two versions of a questionnaire, item by item: what changed, and what that does to comparing their figures.

A trend needs the same wording, the same scale and the same base. Where one of them changed, the figures of the two
versions may only stand side by side, marked as a break.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from survey.schema.conditions import in_words
from survey.schema.parts import Item, Question, Questionnaire, Scale

ChangeKind = Literal["added", "removed", "reworded", "hint", "rescaled", "relabelled", "moved", "routing"]

SIDE_BY_SIDE = "The two figures stand side by side, marked [b] for a break: no trend, no “improved”."
EFFECTS: Mapping[ChangeKind, str] = {
    "added": "There is no earlier figure to compare with.",
    "removed": "Its figures end with the earlier version.",
    "reworded": f"Another question was put. {SIDE_BY_SIDE}",
    "hint": "What stands beside the question changed. Figures may be compared; the note says what changed.",
    "rescaled": f"Another choice was offered, so shares of single answers do not compare. {SIDE_BY_SIDE}",
    "relabelled": f"The answers were called something else. {SIDE_BY_SIDE}",
    "moved": "Other questions come before it. Figures may be compared; the note says that the order changed.",
    "routing": f"Others are asked, so the base is another. {SIDE_BY_SIDE}",
}
BREAKING: frozenset[ChangeKind] = frozenset({"reworded", "rescaled", "relabelled", "routing"})


@dataclass(frozen=True)
class Change:
    """One thing that is different about an item, as it was and as it is, and what that means."""

    kind: ChangeKind
    before: str
    after: str

    @property
    def effect(self) -> str:
        """What the change does to comparing figures."""
        return EFFECTS[self.kind]

    @property
    def breaks(self) -> bool:
        """Whether no trend may be drawn across it."""
        return self.kind in BREAKING


@dataclass(frozen=True)
class ItemComparison:
    """An item that is not as it was."""

    code: str
    label: str
    changes: tuple[Change, ...]
    like: str = ""  # the code of an item of the other version that asks the same in the same words

    @property
    def breaks(self) -> bool:
        """Whether no trend may be drawn across any of its changes."""
        return any(change.breaks for change in self.changes)


@dataclass(frozen=True)
class Comparison:
    """Every item that changed, in the order of the new version, those removed last; and how many did not."""

    items: tuple[ItemComparison, ...]
    unchanged: int

    def count(self, kind: ChangeKind) -> int:
        """How many items changed in this way."""
        return sum(any(change.kind == kind for change in item.changes) for item in self.items)

    @property
    def broken(self) -> int:
        """How many items can no longer be compared over time."""
        return sum(item.breaks for item in self.items)


def compare(old: Questionnaire, new: Questionnaire) -> Comparison:
    """What is different in the new version."""
    common = [code for code in new.items if code in old.items]
    moved = _moved(old, new, common)
    found = [_compared(old, new, code, is_moved=code in moved) for code in new.items]
    found += [_alone(old, new, code, "removed") for code in old.items if code not in new.items]
    changed = tuple(item for item in found if item.changes)
    return Comparison(changed, len(found) - len(changed))


def _compared(old: Questionnaire, new: Questionnaire, code: str, *, is_moved: bool) -> ItemComparison:
    if code not in old.items:
        return _alone(new, old, code, "added")
    changes = (
        *_wording(_words(old, code), _words(new, code)),
        *_scales(old.items[code], new.items[code]),
        *_routing(old, new, code),
        *([Change("moved", _place(old, code), _place(new, code))] if is_moved else []),
    )
    return ItemComparison(code, new.items[code].short, changes)


def _alone(here: Questionnaire, there: Questionnaire, code: str, kind: ChangeKind) -> ItemComparison:
    """An item that only one version has; perhaps the other has it under another code."""
    words = _words(here, code)
    said = words.said
    like = next((other for other in there.items if other not in here.items and _words(there, other).said == said), "")
    before, after = ("", said) if kind == "added" else (said, "")
    return ItemComparison(code, here.items[code].short, (Change(kind, before, after),), like)


@dataclass(frozen=True)
class _Words:
    said: str
    hint: str


def _words(questionnaire: Questionnaire, code: str) -> _Words:
    item = questionnaire.items[code]
    question = questionnaire.question(item.question_code)
    label = "" if item.label in {question.wording, question.short} else f" – {item.label}"
    return _Words(f"{question.wording}{label}", " ".join(_hints(question, item)))


def _hints(question: Question, item: Item) -> Iterable[str]:
    return dict.fromkeys(hint for hint in (question.hint, item.hint) if hint)


def _wording(old: _Words, new: _Words) -> Iterator[Change]:
    if old.said != new.said:
        yield Change("reworded", old.said, new.said)
    if old.hint != new.hint:
        yield Change("hint", old.hint or "no hint", new.hint or "no hint")


def _scales(old: Item, new: Item) -> Iterator[Change]:
    before, after = _answers(old), _answers(new)
    if before == after:
        return
    is_same = old.kind == new.kind and _values(old.scale) == _values(new.scale) and _limits(old) == _limits(new)
    yield Change("relabelled" if is_same else "rescaled", before, after)


def _answers(item: Item) -> str:
    """How an item is answered, in words."""
    if item.scale is None:
        return f"{item.kind}{_limits(item)}"
    several = "several of: " if item.kind == "multiple" else ""
    return several + ", ".join(f"{option.label} ({option.value})" for option in item.scale.options)


def _values(scale: Scale | None) -> list[tuple[str, int]]:
    return [(option.code, option.value) for option in scale.options] if scale else []


def _limits(item: Item) -> str:
    whole = ", whole" if item.whole else ""
    least = f", from {item.minimum}" if item.minimum is not None else ""
    return f"{whole}{least}" + (f", up to {item.maximum}" if item.maximum is not None else "")


def _routing(old: Questionnaire, new: Questionnaire, code: str) -> Iterator[Change]:
    if old.items[code].shown_when != new.items[code].shown_when:
        yield Change("routing", _asked(old, code), _asked(new, code))


def _asked(questionnaire: Questionnaire, code: str) -> str:
    rule = questionnaire.items[code].shown_when
    return f"asked if {in_words(questionnaire, rule)}" if rule else "asked of everybody"


def _place(questionnaire: Questionnaire, code: str) -> str:
    """Where an item stands: its section and what comes before it."""
    section = questionnaire.section_of(questionnaire.page_of(code).code)
    codes = list(questionnaire.items)
    before = codes[codes.index(code) - 1] if codes.index(code) else ""
    return f"in {section.title}, {f'after {before}' if before else 'first'}"


def _moved(old: Questionnaire, new: Questionnaire, common: list[str]) -> frozenset[str]:
    """The fewest items that must have moved to turn one order into the other, and those that changed section."""
    places = {code: place for place, code in enumerate(old.items)}
    kept = _longest_rising([places[code] for code in common])
    out_of_order = {code for code in common if places[code] not in kept}
    elsewhere = {code for code in common if _section(old, code) != _section(new, code)}
    return frozenset(out_of_order | elsewhere)


def _section(questionnaire: Questionnaire, code: str) -> str:
    return questionnaire.section_of(questionnaire.page_of(code).code).code


def _longest_rising(numbers: list[int]) -> frozenset[int]:
    """The members of a longest run of different numbers that only rises, gaps allowed."""
    ends: list[int] = []  # the smallest number that ends a rising run of each length
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    members: set[int] = set()
    last: int | None = ends[-1] if ends else None
    while last is not None:
        members.add(last)
        last = before[last]
    return frozenset(members)
