"""What can be read of a questionnaire while parts of it may still be wrong: codes, options, rules and places."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter, ValidationError

from survey.schema.faults import Path
from survey.schema.rules import ItemIncludes, ItemIs, Rule

DETAILS = "details"
_RULE: TypeAdapter[Rule] = TypeAdapter(Rule)


@dataclass(frozen=True)
class Entry:
    """A mapping of the document; asked for a value of the wrong type it answers with nothing."""

    path: Path
    values: Mapping[str, Any]

    def text(self, key: str) -> str:
        """The text of a key, or nothing."""
        value = self.values.get(key)
        return value.strip() if isinstance(value, str) else ""

    def entry(self, key: str) -> "Entry | None":
        """The mapping under a key."""
        value = self.values.get(key)
        return Entry((*self.path, key), value) if isinstance(value, dict) else None

    def entries(self, key: str) -> list["Entry"]:
        """The mappings in the list under a key."""
        listed = self.values.get(key)
        numbered = enumerate(listed) if isinstance(listed, list) else ()
        return [Entry((*self.path, key, n), value) for n, value in numbered if isinstance(value, dict)]

    def whole_numbers(self, key: str) -> list[tuple[Path, int]]:
        """The whole numbers in the list under a key, with their places."""
        listed = self.values.get(key)
        numbered = enumerate(listed) if isinstance(listed, list) else ()
        return [((*self.path, key, n), value) for n, value in numbered if type(value) is int]

    def rule(self) -> "list[Placed]":
        """The rule under shown_when, when it is one."""
        try:
            return [Placed((*self.path, "shown_when"), _RULE.validate_python(self.values["shown_when"]))]
        except (KeyError, ValidationError):
            return []


@dataclass(frozen=True)
class Placed:
    """A rule and where it is written."""

    path: Path
    rule: Rule


@dataclass(frozen=True)
class OutlineItem:
    """An item as far as it can be read; `options` is None when they are not known."""

    code: str
    path: Path
    question: str
    rules: tuple[Placed, ...]
    options: tuple[str, ...] | None = None
    exclusive: frozenset[str] = frozenset()
    multiple: bool = False
    typed: bool = False


@dataclass(frozen=True)
class Outline:
    """The readable part of a document."""

    root: Entry

    @cached_property
    def sections(self) -> list[Entry]:
        """The sections in order."""
        return self.root.entries("sections")

    @cached_property
    def questions(self) -> list[Entry]:
        """The questions of all sections in order."""
        return [question for section in self.sections for question in section.entries("questions")]

    @cached_property
    def statements(self) -> list[Entry]:
        """The items that are written out, of all questions."""
        return [item for question in self.questions for item in question.entries("items")]

    @cached_property
    def option_lists(self) -> list[Entry]:
        """Everything that has a list of options: scales, and questions with several answers."""
        own = (question for question in self.questions if question.text("kind") == "multiple_choice")
        return [*self.root.entries("scales"), *own]

    @cached_property
    def scales(self) -> Mapping[str, tuple[str, ...]]:
        """The option codes of each scale; of two with one code, the first's."""
        return {scale.text("code"): _codes(scale, "options") for scale in reversed(self.root.entries("scales"))}

    @cached_property
    def items(self) -> list[OutlineItem]:
        """The items of all questions in order; those of a kind that is not known have no options."""
        return [item for question in self.questions for item in self._items(question) if item.code]

    def _items(self, question: Entry) -> Iterator[OutlineItem]:
        expand = EXPANDED_BY.get(question.text("kind"), _unreadable)
        yield from expand(self, question)


def _codes(entry: Entry, key: str) -> tuple[str, ...]:
    return tuple(part.text("code") for part in entry.entries(key))


def _closed(outline: Outline, question: Entry) -> Iterator[OutlineItem]:
    code = question.text("code")
    options = outline.scales.get(question.text("scale"))
    yield OutlineItem(code, question.path, code, tuple(question.rule()), options)
    details = question.entry(DETAILS)
    if question.text("kind") == "yes_no_details":
        yield _details(question, question.path, ItemIs.model_validate({"item": code or "?", "is": "yes"}))
    elif details and details.text("when"):
        yield _details(question, details.path, ItemIs.model_validate({"item": code or "?", "is": details.text("when")}))


def _multiple(_outline: Outline, question: Entry) -> Iterator[OutlineItem]:
    code, details = question.text("code"), question.entry(DETAILS)
    alone = (option for option in question.entries("options") if _stands_alone(option))
    exclusive = frozenset(option.text("code") for option in alone)
    options = _codes(question, "options")
    yield OutlineItem(code, question.path, code, tuple(question.rule()), options, exclusive, multiple=True)
    if details and details.text("when"):
        chosen = {"item": code or "?", "includes": details.text("when")}
        yield _details(question, details.path, ItemIncludes.model_validate(chosen))


def _stands_alone(option: Entry) -> bool:
    return option.values.get("exclusive") is True or option.text("kind") == "dont_know"


def _details(question: Entry, path: Path, rule: Rule) -> OutlineItem:
    code = question.text("code")
    rules = (*question.rule(), Placed(path, rule))
    return OutlineItem(f"{code}.{DETAILS}", path, code, rules, typed=True)


def _ratings(outline: Outline, question: Entry) -> Iterator[OutlineItem]:
    code, options = question.text("code"), outline.scales.get(question.text("scale"))
    for agency in outline.root.entries("agencies"):
        yield OutlineItem(f"{code}.{agency.text('code')}", question.path, code, tuple(question.rule()), options)


def _statements(outline: Outline, question: Entry) -> Iterator[OutlineItem]:
    options = outline.scales.get(question.text("scale"))
    for item in question.entries("items"):
        rules = (*question.rule(), *item.rule())
        yield OutlineItem(item.text("code"), item.path, question.text("code"), rules, options)


def _typed(_outline: Outline, question: Entry) -> Iterator[OutlineItem]:
    code = question.text("code")
    yield OutlineItem(code, question.path, code, tuple(question.rule()), typed=True)


def _unreadable(_outline: Outline, question: Entry) -> Iterator[OutlineItem]:
    code = question.text("code")
    yield OutlineItem(code, question.path, code, tuple(question.rule()))


EXPANDED_BY: Mapping[str, Callable[[Outline, Entry], Iterator[OutlineItem]]] = {
    "frame": lambda _outline, _question: iter(()),
    "single_choice": _closed,
    "multiple_choice": _multiple,
    "rating_battery": _ratings,
    "statement_battery": _statements,
    "yes_no_details": _closed,
    "open_text": _typed,
    "number": _typed,
    "date": _typed,
}
