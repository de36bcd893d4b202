"""How a survey went, as anybody may know it (M98): completion, minutes, where returns stopped, satisfaction, cost.

A distribution of fewer than 30 returns, and a median or place of fewer than ten, is withheld: the rules of releases.
"""

from collections.abc import Iterator
from typing import Any

from analysis.core.disclosure import SMALLEST_BASE, SMALLEST_NATIONAL_BASE
from analysis.core.response import Rate
from analysis.core.table import CONFIDENTIAL
from analysis.monitoring.figures import Figures
from analysis.monitoring.pages.answering import AnsweringPanel, Count, answering_panel
from respondents.contacts.models import DispositionWords
from survey.counting import counted

SENT = (DispositionWords.COMPLETE, DispositionWords.PARTIAL)
BEGUN = (*SENT, DispositionWords.BREAK_OFF)
SHOWN = 2  # pages that share the first place and are named
TOO_FEW = "Withheld, {marker}: fewer than {smallest} {what}."


def how_it_went(figures: Figures) -> tuple[tuple[str, str], ...]:
    """Each measure by name, in words; nothing until the worker has made its first tally."""
    panel = answering_panel(figures)
    if panel is None or figures.tally is None:
        return ()
    return tuple(_measures(panel, figures.tally.content))


def completion(content: dict[str, Any]) -> Rate | None:
    """Of the boards that had begun, how many sent a return that counts; nothing before outcomes are reckoned."""
    outcomes = content.get("outcomes")
    if not outcomes:
        return None
    counts = {each: int(outcomes.get(each.value, 0)) for each in BEGUN}
    return Rate(sum(counts[each] for each in SENT), sum(counts.values()), "boards that had begun")


def may_be_told(counts: tuple[Count, ...]) -> bool:
    """Whether a distribution stands on enough returns to leave whole, as a national table does."""
    return sum(each.number for each in counts) >= SMALLEST_NATIONAL_BASE


def withheld(what: str, *, smallest: int = SMALLEST_NATIONAL_BASE) -> str:
    """The sentence in place of a figure."""
    return TOO_FEW.format(marker=CONFIDENTIAL, smallest=smallest, what=what)


def minutes_words(content: dict[str, Any]) -> str:
    """How long it took, by what people said and by the pages."""
    told = [words for words in (_said(content["minutes"]), _active(content["active"])) if words]
    return " ".join(told) or "Nobody has said how long it took."


def _measures(panel: AnsweringPanel, content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    rate = completion(content)
    if rate is not None:
        yield "Completion", f"{rate} sent a return that counts."
    yield "Time", minutes_words(content)
    yield "Where returns stopped", _stopped(panel.stopped)
    yield "Satisfaction", _satisfaction(panel.satisfaction)
    if panel.cost:
        is_told = content["minutes"]["returns"] >= SMALLEST_BASE
        yield "Cost to boards", panel.cost if is_told else withheld("boards said how long it took", smallest=10)


def _said(said: dict[str, Any]) -> str:
    if not said["returns"]:
        return ""
    if said["returns"] < SMALLEST_BASE:
        return withheld("boards said how long it took", smallest=SMALLEST_BASE)
    known = counted(said["returns"], "return")
    return f"Boards spent {said['median']:g} minutes (median of {known}), colleagues included, as they say."


def _active(active: dict[str, Any]) -> str:
    if active["returns"] < SMALLEST_BASE:
        return ""
    known = counted(active["returns"], "return")
    return f"On the pages themselves it was {active['median']:g} minutes (median of {known})."


def _stopped(stopped: tuple[Count, ...]) -> str:
    many = sum(each.number for each in stopped)
    if not many:
        return "No return was begun and not sent."
    told = f"{counted(many, 'return')} {'was' if many == 1 else 'were'} begun and not sent."
    if many < SMALLEST_BASE:
        return f"{told} On which pages is withheld, {CONFIDENTIAL}: they are fewer than {SMALLEST_BASE}."
    most = [f"“{each.name}”" for each in stopped if each.number == stopped[0].number]
    if len(most) > SHOWN:
        return f"{told} They stopped at different pages, at none of them more than at others."
    return f"{told} More of them stopped at {' and '.join(most)} than at any other page."


def _satisfaction(satisfaction: tuple[Count, ...]) -> str:
    many = sum(each.number for each in satisfaction)
    if not many:
        return "Nobody has said how they found it."
    if not may_be_told(satisfaction):
        return withheld("returns said how they found it")
    told = ", ".join(f"{each.name.lower()} {each.number:,} ({each.percent}%)" for each in satisfaction)
    return f"Of {counted(many, 'return')} that said so: {told}."
