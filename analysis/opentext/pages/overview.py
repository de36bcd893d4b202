"""How far the coding of one item is: its frame, its coders, what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from analysis.core.coding import Code
from analysis.opentext.models import FrameVersion
from analysis.opentext.work import Work
from survey.counting import counted
from survey.models import Wave
from survey.moments import moment_in_words


@dataclass(frozen=True)
class CodeRow:
    """One code of the frame."""

    name: str
    definition: str
    rules: tuple[tuple[str, str], ...]
    under: str
    state: str
    change_url: str
    retire_url: str


@dataclass(frozen=True)
class CoderRow:
    """One coder and how far they are; what they coded is not said."""

    name: str
    progress: str
    state: str


@dataclass(frozen=True)
class ItemPage:
    """The coding of one item."""

    wave: Wave
    item: str
    title: str
    wording: str
    lead: str
    codes: tuple[CodeRow, ...]
    frame: str
    versions: tuple[str, ...]
    coders: tuple[CoderRow, ...]
    mine: str
    code_url: str
    is_mine_to_finish: bool
    last_url: str
    results: tuple[tuple[str, str], ...]


def item_page(work: Work, *, person: User) -> ItemPage:
    """Frame, coders and what comes next."""
    wave, item = work.wave, work.item.code
    mine, left = work.answers_for(person), work.uncoded(person)
    is_done = bool(mine) and all(work.stands(person, each) for each in mine)
    versions = FrameVersion.objects.filter(wave=wave, item=item).select_related("made_by").order_by("-number")
    may_code = bool(mine) and work.frame is not None and not is_done
    return ItemPage(
        wave=wave,
        item=item,
        title=work.item.short,
        wording=work.item.label,
        lead=f"{counted(len(work.answers), 'answer')} in the submissions that count now; {_twice(work)}",
        codes=tuple(_rows(work)),
        frame=f"Version {work.frame.number}" if work.frame else "",
        versions=tuple(_version(each) for each in versions),
        coders=tuple(_coder(work, each) for each in work.people),
        mine=_mine(len(mine), len(left), is_done=is_done, earlier=_earlier(work, person)),
        code_url=reverse("opentext:next", args=[wave.slug, item]) if may_code else "",
        is_mine_to_finish=may_code and not left,
        last_url=reverse("opentext:code", args=[wave.slug, item, mine[-1].pseudonym]) if mine else "",
        results=tuple(result_links(work)),
    )


def _twice(work: Work) -> str:
    twice = len(work.twice)
    return (
        "all are coded by two people." if twice == len(work.answers) else f"{twice:,} of them are coded by two people."
    )


def _rows(work: Work) -> Iterator[CodeRow]:
    names = {code.key: code.name for code in work.codes}
    for code in _in_order(work.codes):
        rules = (("Take it for", code.include), ("Not for", code.exclude), ("Example", code.example))
        at = [work.wave.slug, work.item.code, code.key]
        yield CodeRow(
            name=code.name,
            definition=code.definition,
            rules=tuple((words, text) for words, text in rules if text),
            under=names.get(code.parent, ""),
            state="Retired" if code.is_retired else "",
            change_url=reverse("opentext:change_code", args=at),
            retire_url="" if code.is_retired else reverse("opentext:retire_code", args=at),
        )


def _in_order(codes: tuple[Code, ...]) -> Iterator[Code]:
    """Each code followed by those under it; those retired at the end."""
    live = [code for code in codes if not code.is_retired]
    for top in live:
        if not top.parent:
            yield top
            yield from (code for code in live if code.parent == top.key)
    yield from (code for code in live if code.parent and code.parent not in {each.key for each in live})
    yield from (code for code in codes if code.is_retired)


def _version(version: FrameVersion) -> str:
    by = version.made_by or "an operator"
    return f"Version {version.number}: {version.change}, by {by} on {moment_in_words(version.made_at)}"


def _coder(work: Work, person: User) -> CoderRow:
    theirs, left = len(work.answers_for(person)), len(work.uncoded(person))
    state = "Done" if person.pk in work.done else "Coding" if left < theirs else "Not started"
    return CoderRow(person.name or person.email, f"{theirs - left:,} of {theirs:,}", state)


def _earlier(work: Work, person: User) -> int:
    """How many answers this person coded by another version of the frame than the one that counts now."""
    coded = (work.coding(person, each) for each in work.answers_for(person))
    return sum(each is not None and each.frame != work.frame for each in coded)


def _mine(theirs: int, left: int, *, is_done: bool, earlier: int) -> str:
    if not theirs:
        return ""
    if is_done:
        return "You are done: what you coded stands."
    by_earlier = f", {earlier:,} of them by an earlier version of the frame" if earlier else ""
    return f"You have coded {theirs - left:,} of {theirs:,}{by_earlier}."


def result_links(work: Work) -> Iterator[tuple[str, str]]:
    """Where both coders being done leads."""
    at = [work.wave.slug, work.item.code]
    if work.is_open_to_all:
        differing = f"Where the coders differ: {len(work.undecided):,} of {len(work.differing):,} to decide"
        yield differing, reverse("opentext:differences", args=at)
        yield "Boards per code", reverse("opentext:counts", args=at)
        yield "How far the coders agree", reverse("opentext:agreement", args=at)
    yield "Redaction", reverse("opentext:redactions", args=at)
