"""The list of a person's returns, and the task list of one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from respondents.portal.pages.place import Place, Receipt, State, last_change, page_url, place_of, receipts_of, state_of
from respondents.portal.words import counted, times_in_words
from respondents.returns.models import Return, Submission
from survey.schema.answers import answered
from survey.schema.document import Page, Section
from survey.schema.progress import Progress, section_progress
from survey.schema.routing import applicable

COMPLETED = State("Completed")
IN_PROGRESS = State("In progress", "govuk-tag--blue")
NOT_STARTED = State("Not yet started", "app-tag-quiet")
NOTHING_TO_ANSWER = State("Does not apply")


@dataclass(frozen=True)
class ReturnRow:
    """One return in the list."""

    url: str
    board: str
    wave: str
    state: State
    times: str
    last_change: str


@dataclass(frozen=True)
class ReturnsPage:
    """The returns of one person's boards."""

    lead: str
    rows: tuple[ReturnRow, ...]


@dataclass(frozen=True)
class Task:
    """One section in the task list; without an address it cannot be opened now."""

    number: int
    title: str
    hint: str
    state: State
    url: str


@dataclass(frozen=True)
class TasksPage:
    """A return and how far each of its sections is."""

    place: Place
    state: State
    last_change: str
    summary: str
    lead: str
    is_open: bool
    tasks: tuple[Task, ...]
    receipts: tuple[Receipt, ...]
    reading_url: str
    questions_pdf_url: str
    questions_word_url: str
    check_url: str


def returns_page(returns: Iterable[Return], *, person: User, now: datetime) -> ReturnsPage:
    """The list of a person's returns."""
    rows = tuple(
        ReturnRow(
            url=reverse("portal:tasks", args=[found.pk]),
            board=str(found.board),
            wave=found.wave.title,
            state=state_of(found),
            times=times_in_words(found.wave, now=now),
            last_change=last_change(found, reader=person, now=now),
        )
        for found in returns
    )
    first = "You have one return. Open it" if len(rows) == 1 else "Each board has a return of its own. Open one"
    return ReturnsPage(f"{first} to answer, to see what was changed, and to submit.", rows)


def tasks_page(found: Return, *, submissions: Iterable[Submission], person: User, now: datetime) -> TasksPage:
    """The sections of the return with their states."""
    tasks = tuple(_tasks(found, is_open=found.wave.is_open_at(now)))
    done = sum(task.state == COMPLETED for task in tasks)
    return TasksPage(
        place=place_of(found, now=now),
        state=state_of(found),
        last_change=last_change(found, reader=person, now=now),
        summary=f"{done} of {counted(len(tasks), 'section')} completed",
        lead=_lead(found, now=now),
        is_open=found.wave.is_open_at(now),
        tasks=tasks,
        receipts=receipts_of(found, submissions, now=now),
        reading_url=reverse("portal:reading", args=[found.pk]),
        questions_pdf_url=reverse("copies:questions_pdf", args=[found.pk]),
        questions_word_url=reverse("copies:questions_word", args=[found.pk]),
        check_url=reverse("portal:check", args=[found.pk]),
    )


def _lead(found: Return, *, now: datetime) -> str:
    if now < found.wave.opens_at:
        return "You can read the questions now, and answer once the survey has opened."
    if now >= found.wave.closes_at:
        return "The survey has closed, so answers can no longer be changed. You can still read them."
    return "Answer in any order. Every page is saved when you go on, and any question may be left blank."


def _tasks(found: Return, *, is_open: bool) -> Iterable[Task]:
    questionnaire, values = found.wave.questionnaire, found.values
    asked = applicable(questionnaire, values)
    given = frozenset(code for code, value in values.items() if answered(value))
    for number, section in enumerate(questionnaire.sections, start=1):
        progress = section_progress(section, questionnaire, values)
        start = _first_open_page(section, asked, given)
        yield Task(
            number=number,
            title=section.title,
            hint=f"{progress.answered} of {progress.applicable} answered" if progress.answered else "",
            state=_section_state(progress),
            url=page_url(found, start) if is_open and start else "",
        )


def _section_state(progress: Progress) -> State:
    if not progress.applicable:
        return NOTHING_TO_ANSWER
    if progress.complete:
        return COMPLETED
    return IN_PROGRESS if progress.answered else NOT_STARTED


def _first_open_page(section: Section, asked: frozenset[str], given: frozenset[str]) -> Page | None:
    """The first page with something left to answer; the first that is asked at all when nothing is left."""
    pages = [page for page in section.pages if any(item.code in asked for item in page.items)]
    left = asked - given
    blank = (page for page in pages if any(item.code in left and not item.follow_up for item in page.items))
    return next(blank, pages[0] if pages else None)
