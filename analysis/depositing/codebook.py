"""What the codebook of the records says on paper, and the questionnaire as it was asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings

from analysis.codebook.pages import CodeHead, QuestionTable, SectionPart, sections_of
from analysis.core.deposit.book import book_of
from analysis.depositing.gathering import Gathered
from respondents.copies.blank import BlankCopy, blank_copy

UNPROTECTED = "Not open: how many records hold each code is not protected against disclosure."


@dataclass(frozen=True)
class PrintedQuestion:
    """The columns of one question: what each code means, above how many records hold it."""

    table: QuestionTable
    key: str


@dataclass(frozen=True)
class PrintedSection:
    """The questions of one section."""

    title: str
    questions: tuple[PrintedQuestion, ...]


@dataclass(frozen=True)
class PrintedCodebook:
    """The codebook as it is set."""

    title: str
    wave: str
    notice: str
    lead: str
    notes: tuple[str, ...]
    digest: str
    sections: tuple[PrintedSection, ...]


def questionnaire_of(found: Gathered) -> BlankCopy:
    """The questionnaire of the wave as a respondent could read it."""
    return blank_copy(found.wave, demonstration=settings.DEMONSTRATION)


def printed_codebook(found: Gathered) -> PrintedCodebook:
    """What the codebook says."""
    book = book_of(found.data, digest=found.wave.questionnaire.digest)
    lead = f"Release {found.release.number}: {book.returns:,} records with {len(book.entries)} columns."
    return PrintedCodebook(
        title="Codebook",
        wave=found.wave.title,
        notice=UNPROTECTED,
        lead=lead,
        notes=found.data.notes,
        digest=book.digest,
        sections=tuple(_sections(sections_of(book))),
    )


def _sections(sections: Iterator[SectionPart]) -> Iterator[PrintedSection]:
    for section in sections:
        questions = (PrintedQuestion(table, _key(table.heads)) for table in section.questions)
        yield PrintedSection(section.title, tuple(questions))


def _key(heads: Sequence[CodeHead]) -> str:
    return "; ".join(f"{head.code} {head.label}" for head in heads)
