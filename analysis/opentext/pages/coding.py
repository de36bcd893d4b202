"""One answer to code: its text, the codes with their keys, how far one is, and the way on and back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from analysis.core.coding import Code
from analysis.opentext.answers import Answer
from analysis.opentext.forms import NONE
from analysis.opentext.work import Work
from respondents.portal.words import counted
from respondents.returns.scanning import scan
from survey.models import Wave

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
    warning: str
    choices: tuple[Choice, ...]
    none: Choice
    back_url: str
    item_url: str


def coding_page(work: Work, answer: Answer, *, person: User, chosen: Collection[str]) -> CodingPage:
    """The answer as this coder sees it: nothing of what the other made of it."""
    theirs = work.answers_for(person)
    place, coded = theirs.index(answer), len(theirs) - len(work.uncoded(person))
    before = theirs[place - 1].pseudonym if place else ""
    found = [each.kind for each in scan(answer.text)]
    return CodingPage(
        wave=work.wave,
        item=work.item.code,
        title=f"Answer {place + 1:,} of {len(theirs):,}",
        question=f"{work.item.code}. {work.item.short}",
        text=answer.text,
        digest=answer.digest,
        progress=f"{coded:,} of {counted(len(theirs), 'answer')} coded",
        warning=f"This text has what looks like {' and '.join(dict.fromkeys(found))}." if found else "",
        choices=choices_of(work.codes, chosen=chosen),
        none=Choice(NONE, "None of these", "", "0", NONE in chosen, is_under=False),
        back_url=reverse("opentext:code", args=[work.wave.slug, work.item.code, before]) if before else "",
        item_url=reverse("opentext:item", args=[work.wave.slug, work.item.code]),
    )


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
