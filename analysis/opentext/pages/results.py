"""What both coders being done opens: agreement, differences, counts, and the passages behind a count."""

from dataclasses import dataclass

from django.urls import reverse

from analysis.core.agreement import FEWEST_POSITIVES, RELIABLE, TENTATIVE, Publication
from analysis.core.percent import percent
from analysis.opentext.answers import Answer
from analysis.opentext.pages.passages import codes_in_words
from analysis.opentext.reckoning import CodeCount, Reckoning
from analysis.opentext.work import Work, keys
from survey.counting import counted
from survey.models import Wave

OVERLAP = "Codes can overlap: one board may have several, so the counts add up to nothing."
RARE = (
    f"A code that fewer than {FEWEST_POSITIVES} boards have makes alpha and kappa unstable: one answer moves them far. "
    "Read positive agreement instead, and publish words, not the coefficient."
)
LADDER = f"A count may be published from alpha {RELIABLE:.2f} on, with [u] from {TENTATIVE} on, and not at all below."
MAY = {
    Publication.COUNT: "The count",
    Publication.UNRELIABLE: "The count, marked [u]",
    Publication.WORDS: "Words only: “a small number”",
    Publication.NOTHING: "Nothing: the coders agree too little",
}


@dataclass(frozen=True)
class About:
    """The item that a table is about."""

    wave: Wave
    item: str
    name: str
    url: str


@dataclass(frozen=True)
class ResultsPage:
    """A table about the codes of an item, with what must be known to read it."""

    about: About
    title: str
    lead: str
    notes: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]  # what it is, where it leads, the cells
    style: str = "state-table--words"
    export_url: str = ""
    empty: str = ""


def counts_page(reckoning: Reckoning, *, submitted: int) -> ResultsPage:
    """How many boards have each code, on two named bases."""
    work = reckoning.work
    left = reckoning.unsettled
    lead = (
        f"Bases: the {counted(len(work.answers), 'board')} that answered {work.item.code}, and all "
        f"{submitted:,} that submitted. {OVERLAP}"
    )
    open_ = f"{counted(left, 'answer')} in no count yet: not coded, or coded differently and not decided."
    return ResultsPage(
        _about(work),
        title="Boards per code",
        lead=lead,
        notes=(*([open_] if left else []), LADDER, RARE),
        heads=("Code", "Boards", "Of those that answered", "Of all that submitted", "May be published"),
        rows=tuple(
            (each.code.name, _passages_url(work, each.code.key), _count_cells(each, len(work.answers), submitted))
            for each in reckoning.counts
        ),
        style="coding-counts",
        export_url=reverse("opentext:export", args=[work.wave.slug, work.item.code]),
    )


def agreement_page(reckoning: Reckoning) -> ResultsPage:
    """How far the two coders agree on each code."""
    work = reckoning.work
    both = sum(work.both(each) is not None for each in work.answers)
    names = " and ".join(person.name or person.email for person in work.people)
    return ResultsPage(
        _about(work),
        title="How far the coders agree",
        lead=f"{names}, on {counted(both, 'answer')} that both coded, as they coded them before they saw each other’s.",
        notes=(LADDER, RARE, "Alpha: Krippendorff’s, for any number of coders, with gaps. Kappa: Cohen’s, for two."),
        heads=(
            "Code",
            "Both",
            "First only",
            "Second only",
            "Neither",
            "Agreed",
            "Alpha",
            "Kappa",
            "Positive agreement",
        ),
        rows=tuple((each.code.name, "", _agreement_cells(each)) for each in reckoning.counts),
        style="coding-agreement",
    )


def differences_page(work: Work) -> ResultsPage:
    """The answers that two coded differently."""
    first, second = (person.name or person.email for person in work.people)
    return ResultsPage(
        _about(work),
        title="Where the coders differ",
        lead=f"{len(work.undecided):,} of {counted(len(work.differing), 'answer')} to decide. Both codings are kept.",
        notes=(),
        heads=("Return", first, second, "Decision"),
        rows=tuple(_difference(work, answer) for answer in work.differing),
        empty="The two coders gave every answer the same codes. There is nothing to decide.",
    )


def _about(work: Work) -> About:
    url = reverse("opentext:item", args=[work.wave.slug, work.item.code])
    return About(work.wave, work.item.code, work.item.short, url)


def _count_cells(each: CodeCount, answered: int, submitted: int) -> tuple[str, ...]:
    shares = (f"{percent(each.boards, base)}%" if base else "" for base in (answered, submitted))
    return (f"{each.boards:,}", *shares, MAY[each.publication])


def _agreement_cells(each: CodeCount) -> tuple[str, ...]:
    cells = [each.pairs.count(pair) for pair in ((1, 1), (1, 0), (0, 1), (0, 0))]
    told = (f"{cell:,}" for cell in cells)
    if each.pair is None:
        return (*told, *[""] * 4)
    measures = (each.alpha, each.pair.kappa, each.pair.positive)
    return (*told, f"{each.pair.agreement:.0%}", *(_measure(value) for value in measures))


def _measure(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


def _difference(work: Work, answer: Answer) -> tuple[str, str, tuple[str, ...]]:
    pair, decision = work.both(answer), work.decision(answer)
    told = [codes_in_words(work, keys(each)) for each in pair or ()]
    url = reverse("opentext:decide", args=[work.wave.slug, work.item.code, answer.pseudonym])
    return answer.pseudonym, url, (*told, codes_in_words(work, keys(decision)) if decision else "To decide")


def _passages_url(work: Work, code: str) -> str:
    return reverse("opentext:passages", args=[work.wave.slug, work.item.code, code])
