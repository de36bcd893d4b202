"""The parts of a questionnaire as frozen values: options, scales, items, questions, pages, sections, the whole."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType

from survey.schema.codes import FrameField, ItemKind, OptionKind, QuestionKind
from survey.schema.rules import Part, Rule


class Option(Part):
    """One answer a person may choose, with the whole number that stands for it for ever."""

    code: str
    label: str
    value: int
    kind: OptionKind = "option"
    exclusive: bool = False


class Scale(Part):
    """Ordered options, shared by items."""

    code: str
    options: tuple[Option, ...]

    def option(self, code: str) -> Option:
        """The option with this code; KeyError when there is none."""
        return self.by_code[code]

    def label(self, value: int) -> str:
        """The words of the option with this value; KeyError when there is none."""
        return self.by_value[value].label

    @cached_property
    def by_code(self) -> Mapping[str, Option]:
        """The options by code, in order."""
        return MappingProxyType({option.code: option for option in self.options})

    @cached_property
    def by_value(self) -> Mapping[int, Option]:
        """The options by value, in order."""
        return MappingProxyType({option.value: option for option in self.options})


class Feed(Part):
    """Where an item appears in the published tables; row, column and panel where the table tells them apart."""

    table: str
    row: str | None = None
    column: str | None = None
    panel: str | None = None


class Item(Part):
    """The smallest thing that gets one answer."""

    code: str
    question_code: str
    label: str
    short: str
    kind: ItemKind
    hint: str = ""
    scale: Scale | None = None
    shown_when: Rule | None = None
    follow_up: bool = False
    recommendations: tuple[int, ...] = ()
    feeds: tuple[Feed, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    whole: bool = False

    @property
    def coded(self) -> bool:
        """Whether its answer is option values; otherwise it is typed text."""
        return self.kind in {"closed", "multiple"}

    @property
    def choices(self) -> tuple[Option, ...]:
        """The options that are chosen from; don't know is a code of the whole item."""
        return tuple(option for option in self.scale.options if option.kind != "dont_know") if self.scale else ()


class Question(Part):
    """One question as a person meets it, with the items it asks for (none when the frame answers it)."""

    code: str
    kind: QuestionKind
    wording: str
    short: str
    page: str
    hint: str = ""
    items: tuple[Item, ...] = ()
    shown_when: Rule | None = None
    recommendations: tuple[int, ...] = ()
    feeds: tuple[str, ...] = ()
    taken_from: FrameField | None = None


class Page(Part):
    """Questions that stand on one screen."""

    code: str
    title: str
    questions: tuple[Question, ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items of its questions, in order."""
        return tuple(item for question in self.questions for item in question.items)


class Section(Part):
    """A part of the questionnaire that can be given to one person; `frame_questions` are answered by the frame."""

    code: str
    title: str
    intro: str = ""
    pages: tuple[Page, ...]
    frame_questions: tuple[Question, ...] = ()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All its questions, those of the frame first."""
        return (*self.frame_questions, *(question for page in self.pages for question in page.questions))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items of its questions, in order."""
        return tuple(item for page in self.pages for item in page.items)


class Questionnaire(Part):
    """A whole questionnaire; `digest` is the SHA-256 of the text it was read from."""

    code: str
    title: str
    introduction: str = ""
    status: str = ""
    evidence: str = ""
    scales: tuple[Scale, ...]
    sections: tuple[Section, ...]
    digest: str

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by code, in document order."""
        return MappingProxyType({item.code: item for section in self.sections for item in section.items})

    @cached_property
    def places(self) -> tuple[tuple[Item, Option | None], ...]:
        """Where codes stand when they are packed: items but those of free text, each option of a multiple choice."""
        return tuple(place for item in self.items.values() for place in _places(item))

    @cached_property
    def packing(self) -> bytes:
        """Eight bytes that another order of places would not have."""
        names = (f"{item.code}:{option.value}" if option else item.code for item, option in self.places)
        return sha256("\n".join(names).encode()).digest()[:8]

    @cached_property
    def always_asked(self) -> frozenset[str]:
        """The codes of the items without a rule."""
        return frozenset(code for code, item in self.items.items() if item.shown_when is None)

    @cached_property
    def asked_by_rule(self) -> tuple[tuple[str, Rule], ...]:
        """The codes of the items with a rule, and the rule, in document order."""
        return tuple((code, item.shown_when) for code, item in self.items.items() if item.shown_when)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in document order."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page, in document order."""
        return tuple(page for section in self.sections for page in section.pages)

    def page(self, code: str) -> Page:
        """The page with this code; KeyError when there is none."""
        return self._pages[code]

    def section(self, code: str) -> Section:
        """The section with this code; KeyError when there is none."""
        return self._sections[code]

    def question(self, code: str) -> Question:
        """The question with this code; KeyError when there is none."""
        return self._questions[code]

    def scale(self, code: str) -> Scale:
        """The shared scale with this code; KeyError when there is none."""
        return self._scales[code]

    def page_of(self, item_code: str) -> Page:
        """The page on which this item is asked."""
        return self._pages[self.question(self.items[item_code].question_code).page]

    def section_of(self, page_code: str) -> Section:
        """The section to which this page belongs."""
        return self._section_of_page[page_code]

    @cached_property
    def _pages(self) -> Mapping[str, Page]:
        return {page.code: page for page in self.pages}

    @cached_property
    def _sections(self) -> Mapping[str, Section]:
        return {section.code: section for section in self.sections}

    @cached_property
    def _questions(self) -> Mapping[str, Question]:
        return {question.code: question for question in self.questions}

    @cached_property
    def _scales(self) -> Mapping[str, Scale]:
        return {scale.code: scale for scale in self.scales}

    @cached_property
    def _section_of_page(self) -> Mapping[str, Section]:
        return {page.code: section for section in self.sections for page in section.pages}


def _places(item: Item) -> Iterator[tuple[Item, Option | None]]:
    if item.kind == "multiple":
        yield from ((item, option) for option in item.choices)
    elif item.kind != "text":
        yield item, None
