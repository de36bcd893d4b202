"""Which answers were looked at for what points to somebody, and one of them."""

from dataclasses import dataclass

from django.core.paginator import Page as Slice
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from analysis.opentext.answers import Answer
from analysis.opentext.finding import Found, Names
from analysis.opentext.models import Redaction
from analysis.opentext.redacting import latest
from analysis.opentext.work import Work
from respondents.paging import Leaf, leaf_of
from survey.counting import counted
from survey.models import Wave
from survey.moments import moment_in_words


@dataclass(frozen=True)
class RedactionRow:
    """One answer: how much was found in it, and whether somebody has decided."""

    name: str
    found: str
    state: str
    url: str


@dataclass(frozen=True)
class RedactionsPage:
    """The answers to one item."""

    wave: Wave
    title: str
    above: str
    lead: str
    rows: tuple[RedactionRow, ...]
    leaf: Leaf | None
    item_url: str


@dataclass(frozen=True)
class RedactionPage:
    """One answer with what was found, and how it reads once it is redacted."""

    wave: Wave
    title: str
    above: str
    segments: tuple[tuple[str, bool], ...]
    lead: str
    redacted: str
    said: str
    quote_url: str
    code_url: str
    list_url: str


def redactions_page(work: Work, names: Names, part: "Slice[Answer]", *, asked: QueryDict) -> RedactionsPage:
    """The list."""
    kept = latest(work)
    return RedactionsPage(
        wave=work.wave,
        title="Redaction",
        above=work.item.short,
        lead=f"{len(kept):,} of {counted(len(work.answers), 'answer')} looked at. Quotes come from these alone.",
        rows=tuple(
            RedactionRow(
                f"Return {answer.pseudonym}",
                counted(len(names.find(answer.text)), "passage"),
                _state(kept.get(answer.pseudonym)),
                reverse("opentext:redact", args=[work.wave.slug, work.item.code, answer.pseudonym]),
            )
            for answer in part
        ),
        leaf=leaf_of(part, asked),
        item_url=reverse("opentext:item", args=[work.wave.slug, work.item.code]),
    )


def redaction_page(work: Work, answer: Answer, found: tuple[Found, ...], *, person: User) -> RedactionPage:
    """One answer to decide on."""
    kept = latest(work).get(answer.pseudonym)
    at = [work.wave.slug, work.item.code, answer.pseudonym]
    may_quote = kept is not None and not kept.is_blocked
    told = f"{counted(len(found), 'passage')} may point to somebody." if found else "Nothing was found by itself."
    return RedactionPage(
        wave=work.wave,
        title=f"Return {answer.pseudonym}",
        above=f"Redaction: {work.item.short}",
        segments=_segments(answer.text, found),
        lead=f"{told} Names that stand in no list are not found: read it through.",
        redacted=kept.text if kept else "",
        said=_said(kept) if kept else "",
        quote_url=reverse("opentext:quote", args=at) if may_quote else "",
        code_url=reverse("opentext:code", args=at) if kept and answer in work.answers_for(person) else "",
        list_url=reverse("opentext:redactions", args=at[:2]),
    )


def _segments(text: str, found: tuple[Found, ...]) -> tuple[tuple[str, bool], ...]:
    at, parts = 0, []
    for each in found:
        parts += [(text[at : each.start], False), (text[each.start : each.end], True)]
        at = each.end
    return tuple(part for part in (*parts, (text[at:], False)) if part[0])


def _state(kept: Redaction | None) -> str:
    if kept is None:
        return "Not looked at"
    if kept.is_blocked:
        return "Blocked: one child or case"
    return "Redacted" if any(edit["is_taken"] for edit in kept.edits) else "Nothing to take out"


def _said(kept: Redaction) -> str:
    return f"{_state(kept)}, by {kept.made_by} on {moment_in_words(kept.made_at)}"
