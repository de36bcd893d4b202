"""The words of a publication's page with their tokens filled from its tables, and what these do not bear out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.core.finding_tokens import FindingError, parse
from analysis.core.findings import Finding, say_or_withhold
from analysis.core.table import Table
from analysis.core.typed_words import doubtful_words, typed_words
from analysis.disclosing.models import Release
from analysis.publishing.models import Wording

NAMES = {"summary": "words of the summary", "methods": "methods notes", "quality": "quality notes"}


@dataclass(frozen=True)
class Said:
    """The paragraphs of the summary, the methods and the quality notes; what is wrong in them, what wants a look."""

    summary: tuple[str, ...]
    methods: tuple[str, ...]
    quality: tuple[str, ...]
    problems: tuple[str, ...]
    hints: tuple[str, ...]


def say_words(wording: Wording, tables: Sequence[Table], *, release: Release, unit: str, boards: int) -> Said:
    """Fills the tokens of each paragraph as those of a finding; what is typed is told as in `typed_by_hand`."""
    problems: list[str] = []

    def filled(name: str) -> tuple[str, ...]:
        found = [
            say_or_withhold(name, each, tables=tables, unit=unit, boards=boards, may_type=True)
            for each in paragraphs(getattr(wording, name))
        ]
        problems.extend(f"The {NAMES[name]}: {reason}" for each in found for reason in each.reasons)
        return tuple(map(_text, found))

    texts = {name: filled(name) for name in NAMES}
    typed = typed_by_hand(wording)
    if wording.written_at < release.prepared_at:
        problems += [
            f"{each} These words are older than release {release.number}: read them beside its tables, put tokens for "
            "the figures or keep the words once more."
            for each in typed
        ]
        typed = []
    return Said(**texts, problems=tuple(problems), hints=tuple(typed))


def typed_by_hand(wording: Wording) -> list[str]:
    """Figures and words for shares that are typed in the words of the page, so that a person has to look."""
    return [
        f"The {words} say “{typed}”, which is typed: see that these tables bear it out, and that its base is told."
        for name, words in NAMES.items()
        for typed in _typed(getattr(wording, name))
    ]


def faults_in(text: str) -> Iterator[str]:
    """Why a text of the page cannot be read: a brace left open, or a token that is none."""
    for each in paragraphs(text):
        try:
            parse(each)
        except FindingError as error:
            yield " ".join(filter(None, (error.message, error.hint)))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line."""
    return [" ".join(each.split()) for each in text.replace("\r", "").split("\n\n") if each.strip()]


def _typed(text: str) -> Iterator[str]:
    """Those beside the tokens; a text that cannot be read is taken whole."""
    try:
        typed = " … ".join(part for part in parse(text) if isinstance(part, str))
    except FindingError:
        typed = text
    yield from (*typed_words(typed), *doubtful_words(typed))


def _text(found: Finding) -> str:
    return found.text or "…"
