"""One answer to code: its text, the codes with their keys, how far one is, and the way on and back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from analysis.core.coding import Code
from analysis.opentext.answers import Answer
from analysis.opentext.forms import NONE
from analysis.opentext.reading import Reading
from analysis.opentext.work import Work
from survey.counting import counted
from survey.models import Wave
from survey.moments import moment_in_words

NUMBER_KEYS = 9


@dataclass(frozen=True)
class Choice:
    """One code to tick, with the number key that does it."""

    key: str
    name: str
    definition: str
    number: str
    is_chosen: bool
    is_under: bool


@dataclass(frozen=True)
class CodingPage:
    """One answer to code."""

    wave: Wave
    item: str
    title: str
    question: str
    text: str
    digest: str
    progress: str
    marks: str
    redact: str
    redact_url: str
    original_url: str
    choices: tuple[Choice, ...]
    none: Choice
    back_url: str
    item_url: str


@dataclass(frozen=True)
class OriginalPage:
    """One answer as it was written."""

    wave: Wave
    title: str
    above: str
    text: str
    back_url: str


def original_page(work: Work, answer: Answer) -> OriginalPage:
    """The words themselves, and the way back to coding them."""
    back = reverse("opentext:code", args=[work.wave.slug, work.item.code, answer.pseudonym])
    return OriginalPage(work.wave, "The answer as it was written", f"Return {answer.pseudonym}", answer.text, back)


def coding_page(work: Work, reading: Reading, *, person: User, chosen: Collection[str]) -> CodingPage:
    """The answer as this coder sees it: nothing of what the other made of it."""
    answer, theirs = reading.answer, work.answers_for(person)
    place, coded = theirs.index(answer), len(theirs) - len(work.uncoded(person))
    before = theirs[place - 1].pseudonym if place else ""
    at = [work.wave.slug, work.item.code, answer.pseudonym]
    return CodingPage(
        wave=work.wave,
        item=work.item.code,
        title=f"Answer {place + 1:,} of {len(theirs):,}",
        question=f"{work.item.code}. {work.item.short}",
        text=reading.text,
        digest=reading.digest,
        progress=f"{coded:,} of {counted(len(theirs), 'answer')} coded",
        marks=_marks(reading),
        redact="" if reading.redaction else "Redact it first",
        redact_url=reverse("opentext:redact", args=at),
        original_url=reverse("opentext:original", args=at) if reading.taken else "",
        choices=choices_of(work.codes, chosen=chosen),
        none=Choice(NONE, "None of these", "", "0", NONE in chosen, is_under=False),
        back_url=reverse("opentext:code", args=[work.wave.slug, work.item.code, before]) if before else "",
        item_url=reverse("opentext:item", args=[work.wave.slug, work.item.code]),
    )


def _marks(reading: Reading) -> str:
    """What stands in place of the words that point to somebody, and who decided so."""
    kept = reading.redaction
    if kept is not None:
        return f"Redacted by {kept.made_by} on {moment_in_words(kept.made_at)}. Codes go on the redacted text."
    if not reading.found:
        return "Nobody has redacted this answer yet. Patterns and names find nothing in it."
    kinds = " and ".join(dict.fromkeys(each.kind for each in reading.found))
    return f"Nobody has redacted this answer yet. Patterns and names find {kinds}: marks stand in place of that here."


def _meaning(code: Code) -> str:
    """The definition, and what keeps two people from taking it differently."""
    rules = (("Take it for", code.include), ("Not for", code.exclude))
    return ". ".join([code.definition.rstrip("."), *(f"{words}: {text.rstrip('.')}" for words, text in rules if text)])


def choices_of(codes: Sequence[Code], *, chosen: Collection[str]) -> tuple[Choice, ...]:
    """The codes that are offered, each followed by those under it; the first nine have a number key."""
    live = [code for code in codes if not code.is_retired]
    tops = [code for code in live if code.parent not in {each.key for each in live}]
    ordered = [each for top in tops for each in (top, *(code for code in live if code.parent == top.key))]
    return tuple(
        Choice(
            code.key,
            code.name,
            _meaning(code),
            str(place) if place <= NUMBER_KEYS else "",
            code.key in chosen,
            is_under=code not in tops,
        )
        for place, code in enumerate(ordered, start=1)
    )
