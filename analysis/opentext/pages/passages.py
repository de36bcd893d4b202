"""Answers with what was marked in them: two codings side by side, and what stands behind a count."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page as Slice
from django.http import QueryDict
from django.urls import reverse

from analysis.core.coding import Applied
from analysis.opentext.answers import Answer
from analysis.opentext.frames import applied_of
from analysis.opentext.models import Coding
from analysis.opentext.reading import Reading
from analysis.opentext.work import Work, keys
from respondents.paging import Leaf, leaf_of
from survey.counting import counted
from survey.models import Wave
from survey.moments import moment_in_words


@dataclass(frozen=True)
class Side:
    """One coder's codes of one answer."""

    name: str
    codes: tuple[str, ...]
    segments: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class DecisionPage:
    """One answer that two coded differently."""

    wave: Wave
    title: str
    above: str
    text: str
    sides: tuple[Side, ...]
    before: tuple[str, ...]
    list_url: str


def decision_page(work: Work, reading: Reading, pair: tuple[Coding, Coding]) -> DecisionPage:
    """Both codings side by side, and what was decided before."""
    answer = reading.answer
    decision = work.decision(answer)
    said: tuple[str, ...] = ()
    if decision is not None:
        when, by = moment_in_words(decision.made_at), decision.made_by
        said = (f"Decided by {by} on {when}: {codes_in_words(work, keys(decision))}. {decision.reason}",)
    return DecisionPage(
        wave=work.wave,
        title=f"Return {answer.pseudonym}",
        above=work.item.short,
        text=reading.text,
        sides=tuple(
            Side(
                person.name or person.email,
                _names(work, keys(each)),
                segments(reading.text, reading.as_read(applied_of(each.applied))),
            )
            for person, each in zip(work.people, pair, strict=True)
        ),
        before=said,
        list_url=reverse("opentext:differences", args=[work.wave.slug, work.item.code]),
    )


@dataclass(frozen=True)
class PassageRow:
    """One answer with a code: the text in parts, each with whether it was marked."""

    name: str
    segments: tuple[tuple[str, bool], ...]
    redact_url: str


@dataclass(frozen=True)
class PassagesPage:
    """What stands behind a count."""

    wave: Wave
    title: str
    above: str
    lead: str
    rows: tuple[PassageRow, ...]
    leaf: Leaf | None
    counts_url: str


def passages_page(
    work: Work,
    name: str,
    part: "Slice[tuple[Answer, tuple[Applied, ...]]]",
    readings: Sequence[Reading],
    *,
    asked: QueryDict,
) -> PassagesPage:
    """The answers with one code, as they may be read."""
    slug, item = work.wave.slug, work.item.code
    return PassagesPage(
        wave=work.wave,
        title=name,
        above=work.item.short,
        lead=f"{counted(part.paginator.count, 'board')}. That you read this is recorded. Quote redacted answers only.",
        rows=tuple(
            PassageRow(
                f"Return {answer.pseudonym}",
                segments(reading.text, reading.as_read(marked)),
                reverse("opentext:redact", args=[slug, item, answer.pseudonym]),
            )
            for (answer, marked), reading in zip(part, readings, strict=True)
        ),
        leaf=leaf_of(part, asked),
        counts_url=reverse("opentext:counts", args=[slug, item]),
    )


def segments(text: str, marked: Sequence[Applied]) -> tuple[tuple[str, bool], ...]:
    """The text in parts that are marked and parts that are not."""
    at = [False] * len(text)
    for each in marked:
        for place in range(each.start or 0, each.end or 0):
            at[place] = True
    parts: list[tuple[str, bool]] = []
    for sign, is_marked in zip(text, at, strict=True):
        if parts and parts[-1][1] == is_marked:
            parts[-1] = (parts[-1][0] + sign, is_marked)
        else:
            parts.append((sign, is_marked))
    return tuple(parts)


def _names(work: Work, chosen: frozenset[str]) -> tuple[str, ...]:
    return tuple(code.name for code in work.codes if code.key in chosen) or ("None of these",)


def codes_in_words(work: Work, chosen: frozenset[str]) -> str:
    """The names of the codes, or that none applies."""
    return ", ".join(_names(work, chosen))
