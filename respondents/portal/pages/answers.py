"""Answers by section: to be checked before they are sent, or as they were sent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import reverse

from accounts.models import User
from respondents.portal.asking import BATTERIES
from respondents.portal.pages.place import CHECK, Place, Receipt, page_url, place_of, receipts_of, tasks_url
from respondents.portal.ways import page_named, pages_in, questions_in
from respondents.portal.words import moment_in_words
from respondents.returns.models import Return, ReturnState, Submission
from respondents.returns.openness import openness_of
from survey.counting import counted
from survey.schema.answers import Value, answered, display
from survey.schema.document import Question, Section
from survey.schema.routing import applicable
from survey.schema.tally import tally

LEADS = {
    ReturnState.NOT_STARTED: "Nothing is answered yet. Answer at least one question before you submit.",
    ReturnState.IN_PROGRESS: "Read your answers, change what is not right, then submit at the foot of this page.",
    ReturnState.SUBMITTED: "These are the answers you submitted. If you change one, submit again.",
    ReturnState.CHANGED: "You have changed answers since you submitted. Submit again, or the earlier ones count.",
    ReturnState.WAITING: "These answers wait for a signature. You can still change them; then they must be sent anew.",
}

# For whoever may read the answers and change none.
TO_SIGN = "Read the answers of the board. At the foot of this page you sign them, or send them back with a reason."
TO_READ = "These are the answers of the board as they stand now. Its chair can still change them."


@dataclass(frozen=True)
class Change:
    """The way to a page where an answer can be changed, in words that name the answer."""

    url: str
    topic: str


@dataclass(frozen=True)
class AnswerRow:
    """One item with its answer in words."""

    label: str
    text: str
    is_blank: bool
    change: Change | None = None


@dataclass(frozen=True)
class AnsweredQuestion:
    """A battery with its heading and one way to change it, or a run of other questions."""

    heading: str
    rows: tuple[AnswerRow, ...]
    change: Change | None = None


@dataclass(frozen=True)
class AnsweredSection:
    """One section with its questions."""

    code: str
    title: str
    questions: tuple[AnsweredQuestion, ...]


@dataclass(frozen=True)
class Blank:
    """A page on which something is not answered."""

    section: str
    words: str
    url: str


@dataclass(frozen=True)
class CheckPage:
    """All answers before they are sent."""

    place: Place
    title: str
    lead: str
    sections: tuple[AnsweredSection, ...]
    blanks: tuple[Blank, ...]
    blanks_words: str
    tasks_url: str
    submit_url: str
    declaration: str
    version: int
    receipts: tuple[Receipt, ...]
    has_changed: bool
    copied: tuple[Blank, ...]
    copied_words: str
    tally: str
    begin_url: str


@dataclass(frozen=True)
class SentPage:
    """The answers of one submission, as they were sent."""

    place: Place
    title: str
    lead: str
    sections: tuple[AnsweredSection, ...]
    receipt_url: str
    pdf_url: str
    csv_url: str


def check_page(
    found: Return,
    *,
    submissions: Iterable[Submission],
    person: User,
    now: datetime,
    has_changed: bool = False,
    by_agency: bool = False,
) -> CheckPage:
    """The answers by section in the person's way, with a way to each, and the declaration while they can be sent."""
    openness = openness_of(found, now=now)
    may_send_here = found.standing.is_chair or found.standing.heard is not None
    asked = applicable(found.wave.questionnaire, found.values)
    may_change = openness.sections if may_send_here else frozenset()
    blanks = _blanks(found, asked, by_agency=by_agency)
    may_send = bool(may_change) and not found.wave.needs_signature
    can_submit = may_send and found.version > 0 and found.state != ReturnState.SUBMITTED
    return CheckPage(
        place=place_of(found, now=now),
        title=_title(may_send_here=may_send_here, is_open=bool(openness)),
        lead=_lead(found, may_send_here=may_send_here, is_open=bool(openness)),
        sections=_sections(found, found.values, asked, may_change=may_change, by_agency=by_agency),
        blanks=tuple(blank for blank, _ in blanks if blank.section in may_change),
        blanks_words=_blanks_words(sum(number for _, number in blanks), can_submit=can_submit),
        tasks_url=reverse("portal:tasks", args=[found.pk]),
        submit_url=reverse("portal:submit", args=[found.pk]) if can_submit else "",
        declaration=f"These are the answers of {found.board}. I, {person}, submit them as its chair.",
        version=found.version,
        receipts=receipts_of(found, submissions, now=now),
        has_changed=has_changed,
        copied=_copied(found, asked, by_agency=by_agency),
        copied_words=_copied_words(found, asked),
        tally=_tally_words(found),
        begin_url=tasks_url(found) if may_send and not found.version else "",
    )


def _title(*, may_send_here: bool, is_open: bool) -> str:
    if not may_send_here:
        return "Answers of the board"
    return "Check your answers" if is_open else "Your answers"


def _lead(found: Return, *, may_send_here: bool, is_open: bool) -> str:
    if not is_open:
        return "The survey is not open now, so nothing can be changed."
    if may_send_here:
        return LEADS[found.state]
    return TO_SIGN if found.state == ReturnState.WAITING else TO_READ


def sent_page(found: Return, submission: Submission, *, now: datetime) -> SentPage:
    """A submission's answers; what routing did not open is left out."""
    return SentPage(
        place=place_of(found, now=now),
        title=f"What was sent: submission {submission.number}",
        lead=f"Received {moment_in_words(submission.submitted_at)}, reference {submission.reference}.",
        sections=sent_sections(found, submission),
        receipt_url=reverse("portal:receipt", args=[found.pk, submission.number]),
        pdf_url=reverse("copies:sent_pdf", args=[found.pk, submission.number]),
        csv_url=reverse("copies:sent_csv", args=[found.pk, submission.number]),
    )


def sent_sections(found: Return, submission: Submission) -> tuple[AnsweredSection, ...]:
    """The answers of a submission by section."""
    values: dict[str, Value] = {**submission.answers, **submission.texts}
    # A text that was kept although routing would not have opened it was sent all the same.
    shown = applicable(found.wave.questionnaire, values) | frozenset(submission.texts)
    return _sections(found, values, shown, may_change=frozenset())


def _blanks(found: Return, asked: frozenset[str], *, by_agency: bool) -> list[tuple[Blank, int]]:
    """The pages on which answers are missing, and how many; boxes that follow an answer are extra."""
    given = {code for code, value in found.values.items() if answered(value)}
    counts = (
        (
            section.code,
            page,
            sum(item.code in asked and item.code not in given and not item.follow_up for item in page.items),
        )
        for section in found.wave.questionnaire.sections
        for page in pages_in(section, found.wave.questionnaire, by_agency=by_agency)
    )
    return [
        (
            Blank(
                section, f"{page.title}: {counted(number, 'answer')} missing", page_url(found, page, come_from=CHECK)
            ),
            number,
        )
        for section, page, number in counts
        if number
    ]


def _copied(found: Return, asked: frozenset[str], *, by_agency: bool) -> tuple[Blank, ...]:
    """The pages with copied answers that nobody has confirmed."""
    questionnaire = found.wave.questionnaire
    counts = (
        (section, page, sum(item.code in found.copied and item.code in asked for item in page.items))
        for section in questionnaire.sections
        for page in pages_in(section, questionnaire, by_agency=by_agency)
    )
    return tuple(
        Blank(
            section.code,
            f"{page.title}: {counted(number, 'copied answer')}",
            page_url(found, page, come_from=CHECK),
        )
        for section, page, number in counts
        if number
    )


def _copied_words(found: Return, asked: frozenset[str]) -> str:
    number = len(found.copied.keys() & asked)
    verb = "is" if number == 1 else "are"
    return (
        f"{counted(number, 'copied answer')} {verb} not confirmed yet. You can submit all the same." if number else ""
    )


def _tally_words(found: Return) -> str:
    """How the questions without a substantive answer divide; nothing where they are all left open."""
    counts = tally(found.wave.questionnaire, found.values)
    return str(counts) if counts.dont_know or counts.refused else ""


def _blanks_words(number: int, *, can_submit: bool) -> str:
    if not number:
        return "Every question has an answer."
    verb, comfort = "is" if number == 1 else "are", " You can submit all the same." if can_submit else ""
    return f"{counted(number, 'answer')} {verb} missing.{comfort}"


def _sections(
    found: Return,
    values: Mapping[str, Value],
    shown: frozenset[str],
    *,
    may_change: frozenset[str],
    by_agency: bool = False,
) -> tuple[AnsweredSection, ...]:
    def questions(section: Section) -> Iterator[AnsweredQuestion]:
        asked = questions_in(section, found.wave.questionnaire, by_agency=by_agency)
        return (_question(found, each, values, shown, can_change=section.code in may_change) for each in asked)

    return tuple(
        AnsweredSection(
            section.code,
            section.title,
            tuple(_runs(questions(section))),
        )
        for section in found.wave.questionnaire.sections
    )


def _runs(questions: Iterable[AnsweredQuestion]) -> Iterator[AnsweredQuestion]:
    """The questions that have something to show, those without a heading of their own joined into one list."""
    for heading, run in groupby(questions, key=lambda question: question.heading):
        if heading:
            yield from (question for question in run if question.rows)
        elif rows := tuple(row for question in run for row in question.rows):
            yield AnsweredQuestion("", rows)


def _question(
    found: Return, question: Question, values: Mapping[str, Value], shown: frozenset[str], *, can_change: bool
) -> AnsweredQuestion:
    if question.taken_from:
        text = str(getattr(found, question.taken_from) or "")
        return AnsweredQuestion("", (AnswerRow(question.short, text or "Not known", not text),))
    items = [item for item in question.items if item.code in shown]
    is_battery = question.kind in BATTERIES
    page = page_named(found.wave.questionnaire, question.page)

    def change(topic: str, item: str = "") -> Change | None:
        return Change(page_url(found, page, item=item, come_from=CHECK), topic) if can_change else None

    rows = tuple(
        AnswerRow(
            item.label,
            display(item, values.get(item.code)),
            not answered(values.get(item.code)),
            None if is_battery else change(item.short, item.code),
        )
        for item in items
    )
    return (
        AnsweredQuestion(question.wording, rows, change(question.short)) if is_battery else AnsweredQuestion("", rows)
    )
