"""What an import of another survey's figures would do."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from analysis.comparators.models import ComparatorFacts, ComparatorProposal
from analysis.comparators.weighing import REMEDY, Preview, Weighed
from survey.models import Wave


@dataclass(frozen=True)
class Fact:
    """One thing that is known of a survey."""

    name: str
    words: str


@dataclass(frozen=True)
class QuestionRow:
    """One question: its lines, what it stands beside, the counts behind it, and what cannot be right."""

    name: str
    lines: str
    beside: str
    counts: str
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class PreviewPage:
    """A whole import before it is confirmed."""

    wave: Wave
    name: str
    lead: str
    facts: tuple[Fact, ...]
    warnings: tuple[str, ...]
    left_out: tuple[str, ...]
    rows: tuple[QuestionRow, ...]
    digest: str
    import_url: str
    discard_url: str
    back_url: str


def preview_page(wave: Wave, proposal: ComparatorProposal, found: Preview) -> PreviewPage:
    """Every question with its item and its verdict, and what would be left out."""
    taken, asked = len(found.taken), len(found.questions)
    wrong = sum(bool(each.verdict.wrong) for each in found.questions)
    arguments = [wave.slug, proposal.pk]
    told = f"{wrong:,} of them hold figures that cannot be right." if wrong else "Nothing in them contradicts itself."
    return PreviewPage(
        wave=wave,
        name=proposal.label,
        lead=(
            f"Sent by {proposal.sent_by} on {timezone.localtime(proposal.sent_at):%-d %B %Y, %H:%M}. "
            f"{taken:,} of its {asked:,} questions would stand beside an item of the plan. {told} "
            "Nothing has been changed yet."
        ),
        facts=facts_of(proposal),
        warnings=found.copies,
        left_out=tuple(found.left_out),
        rows=tuple(map(question_row, found.questions)),
        digest=found.digest,
        import_url=reverse("comparators:import", args=arguments),
        discard_url=reverse("comparators:discard", args=arguments),
        back_url=reverse("comparators:list", args=[wave.slug]),
    )


def facts_of(survey: ComparatorFacts) -> tuple[Fact, ...]:
    """What is known of a survey, in the order in which it was asked for."""
    return (
        Fact("Who was asked", survey.who),
        Fact("When", survey.asked_when),
        Fact("Scale", ", ".join(survey.scale)),
        Fact("Published in", survey.source),
        Fact("Comparability", survey.comparability),
        Fact("File", f"{survey.file_name}, {len(survey.lines):,} lines of figures"),
    )


def question_row(each: Weighed) -> QuestionRow:
    """One question in words."""
    column = each.match.column
    name = f"{column.table}: {column.row}" if column.table else column.row
    tables = "; ".join(f"Table {target.number}, {target.code} ({target.wording})" for target in each.match.targets)
    return QuestionRow(
        name=name,
        lines=column.where.removeprefix("lines ").removeprefix("line "),
        beside=tables or f"Nothing. {each.match.why_not}",
        counts=each.verdict.counts,
        wrong=(*each.verdict.wrong, *([REMEDY] if each.verdict.wrong else [])),
    )
