"""The list of a person's returns, and the task list of one of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from respondents.portal.further import FurtherLink
from respondents.portal.pages.place import Place, Receipt, State, last_change, page_url, place_of, receipts_of, state_of
from respondents.portal.ways import counterpart_of, is_by_agency, pages_in
from respondents.portal.words import past_in_words, person_in_words, times_in_words
from respondents.returns.copying import copyable
from respondents.returns.models import Return, Submission
from respondents.returns.openness import Openness, is_in_time, openness_of, over_of
from respondents.together.overview import Overview
from respondents.together.pages.signing import SigningPanel, signing_panel
from survey.counting import counted
from survey.schema.answers import answered
from survey.schema.document import Page, Section
from survey.schema.progress import Progress, section_progress
from survey.schema.routing import applicable

COMPLETED = State("Completed")
IN_PROGRESS = State("In progress", "govuk-tag--blue")
NOT_STARTED = State("Not yet started", "app-tag-quiet")
NOTHING_TO_ANSWER = State("Does not apply")
NOT_ANSWERED = State("Not answered", "app-tag-quiet")
PARTLY_ANSWERED = State("Partly answered", "app-tag-quiet")
NOT_SUBMITTED = State("Not submitted", "app-tag-quiet")
ASKED = "You were asked to answer the sections below, in any order. Mark each as ready when done: the chair submits."
READY = State("Ready", "govuk-tag--green")


@dataclass(frozen=True)
class CopyOffer:
    """Another board's answers to start from."""

    url: str
    board: str


@dataclass(frozen=True)
class ReturnRow:
    """One return in the list."""

    url: str
    board: str
    wave: str
    state: State
    times: str
    last_change: str
    counts: str
    offers: tuple[CopyOffer, ...]
    further: tuple[FurtherLink, ...] = ()


@dataclass(frozen=True)
class ReturnsPage:
    """The returns of one person's boards: those that can be answered, and those whose survey is over."""

    lead: str
    rows: tuple[ReturnRow, ...]
    over: tuple[ReturnRow, ...]


@dataclass(frozen=True)
class Turn:
    """The other way through a section: by agency, or by aspect."""

    url: str
    by: str


@dataclass(frozen=True)
class Task:
    """One section in the task list; without an address it cannot be opened now."""

    number: int
    title: str
    hint: str
    state: State
    url: str
    team: str
    work_url: str
    work_words: str
    turn: Turn | None = None


@dataclass(frozen=True)
class TasksPage:
    """A return and how far each of its sections is."""

    place: Place
    state: State
    last_change: str
    summary: str
    lead: str
    tasks: tuple[Task, ...]
    receipts: tuple[Receipt, ...]
    reading_url: str
    questions_pdf_url: str
    questions_word_url: str
    copies_url: str
    check_url: str
    is_over: bool
    can_submit: bool
    people_url: str
    history_url: str
    signing: SigningPanel | None
    further: tuple[FurtherLink, ...] = ()


def returns_page(
    mine: Sequence[Return], *, person: User, further: Mapping[UUID, tuple[FurtherLink, ...]], now: datetime
) -> ReturnsPage:
    """The list of a person's returns, with what other rooms have to show beside them."""
    over = over_of(mine, now=now)
    rows = {
        found.pk: ReturnRow(
            url=reverse("portal:tasks", args=[found.pk]),
            board=str(found.board),
            wave=found.wave.title,
            state=NOT_SUBMITTED if found.pk in over and found.submitted_version is None else state_of(found),
            times=times_in_words(found, now=now),
            last_change=last_change(found, reader=person, now=now),
            counts=_which_counts(found, now=now),
            offers=tuple(_offers(found, mine, now=now)),
            further=further.get(found.pk, ()),
        )
        for found in mine
    }
    current = tuple(row for key, row in rows.items() if key not in over)
    return ReturnsPage(
        _returns_lead(len(current), only_signs=_only_signs(mine)),
        current,
        tuple(row for key, row in rows.items() if key in over),
    )


def _only_signs(mine: Sequence[Return]) -> bool:
    """Whether this person answers none of them, and reads them to sign."""
    return all(found.standing.is_signer and not (found.standing.is_chair or found.standing.sections) for found in mine)


def _returns_lead(current: int, *, only_signs: bool) -> str:
    if not current:
        return "No survey is open for your boards now."
    if only_signs:
        first = "You are asked to sign one return. Open it" if current == 1 else "You are asked to sign these. Open one"
        return f"{first} to read the answers, then sign them or send them back."
    first = "You have one return. Open it" if current == 1 else "Each board has a return of its own. Open one"
    return f"{first} to answer, to see what was changed, and to submit."


def _which_counts(found: Return, *, now: datetime) -> str:
    """The submission that counts, if there is one."""
    number = getattr(found, "latest_number", None)
    if number is None or found.submitted_at is None:
        return ""
    return f"Submission {number} counts, sent {past_in_words(found.submitted_at, now=now)}"


def _offers(found: Return, mine: Iterable[Return], *, now: datetime) -> Iterable[CopyOffer]:
    """The returns whose answers this one could start from, while it is open and was never sent."""
    if found.submitted_version is not None or not (found.standing.is_chair and is_in_time(found, now=now)):
        return
    for other in mine:
        if other.standing.is_chair and copyable(other, into=found):
            yield CopyOffer(reverse("portal:copy_from", args=[found.pk, other.pk]), str(other.board))


def tasks_page(
    found: Return,
    *,
    submissions: Iterable[Submission],
    overview: Overview,
    person: User,
    now: datetime,
    by_agency: bool = False,
    further: tuple[FurtherLink, ...] = (),
) -> TasksPage:
    """The sections of the return that this person works on, with their states."""
    standing, openness = found.standing, openness_of(found, now=now)
    tasks = tuple(_tasks(found, overview, person=person, openness=openness, by_agency=by_agency, now=now))
    done = sum(task.state in {COMPLETED, READY} for task in tasks)
    return TasksPage(
        place=place_of(found, now=now),
        state=state_of(found),
        last_change=last_change(found, reader=person, now=now),
        summary=f"{done} of {counted(len(tasks), 'section')} completed",
        lead=_lead(found, openness, now=now),
        tasks=tasks,
        receipts=receipts_of(found, submissions, now=now),
        reading_url=reverse("portal:reading", args=[found.pk]),
        questions_pdf_url=reverse("copies:questions_pdf", args=[found.pk]),
        questions_word_url=reverse("copies:questions_word", args=[found.pk]),
        copies_url=reverse("copies:drawer", args=[found.pk]) if standing.may_read_all else "",
        check_url=reverse("portal:check", args=[found.pk]) if standing.may_read_all else "",
        is_over=not openness and now >= found.closes_at,
        can_submit=bool(openness) and standing.is_chair,
        people_url=reverse("together:people", args=[found.pk]) if standing.is_chair else "",
        history_url=reverse("together:history", args=[found.pk]),
        signing=signing_panel(found, overview.request, person=person, now=now),
        further=further,
    )


def _lead(found: Return, openness: Openness, *, now: datetime) -> str:
    if now < found.wave.opens_at:
        return "You can read the questions now, and answer once the survey has opened."
    if openness.reopenings:
        return (
            "The survey has closed, but part of this return was reopened. Change what has to change, and submit again."
        )
    if now >= found.closes_at:
        return "The survey has closed, so answers can no longer be changed. You can still read them."
    if not found.standing.is_chair:
        return ASKED if found.standing.sections else "Read the answers, then sign them or send them back."
    return "Answer in any order. Every page is saved when you go on, and any question may be left blank."


def _tasks(
    found: Return, overview: Overview, *, person: User, openness: Openness, by_agency: bool, now: datetime
) -> Iterable[Task]:
    questionnaire, values = found.wave.questionnaire, found.values
    is_over = not openness and now >= found.closes_at
    asked = applicable(questionnaire, values)
    given = frozenset(code for code, value in values.items() if answered(value))
    for number, section in enumerate(questionnaire.sections, start=1):
        if not found.standing.may_read(section.code):
            continue
        progress = section_progress(section, questionnaire, values)
        pages = pages_in(section, questionnaire, by_agency=by_agency)
        start = _first_open_page(pages, asked, given)
        may_answer = openness.allows(section.code) and found.standing.may_answer(section.code)
        yield Task(
            number=number,
            title=section.title,
            hint=f"{progress.answered} of {progress.applicable} answered" if progress.answered else "",
            state=READY if overview.ready(section.code) else _section_state(progress, is_over=is_over),
            url=page_url(found, start) if start and may_answer else "",
            turn=_turn(found, pages) if may_answer else None,
            team=_team(overview, section, person=person),
            work_url=reverse("together:section", args=[found.pk, section.code]),
            work_words=_work_words(overview, section, may_answer=may_answer),
        )


def _team(overview: Overview, section: Section, *, person: User) -> str:
    names = [person_in_words(each.person, reader=person) for each in overview.asked(section.code)]
    return f"Asked: {', '.join(names)}" if names else ""


def _work_words(overview: Overview, section: Section, *, may_answer: bool) -> str:
    if number := overview.comments.get(section.code, 0):
        return counted(number, "comment")
    return "Comment or mark as ready" if may_answer else "Comment"


def _section_state(progress: Progress, *, is_over: bool) -> State:
    if not progress.applicable:
        return NOTHING_TO_ANSWER
    if progress.complete:
        return COMPLETED
    if is_over:
        return PARTLY_ANSWERED if progress.answered else NOT_ANSWERED
    return IN_PROGRESS if progress.answered else NOT_STARTED


def _turn(found: Return, pages: Iterable[Page]) -> Turn | None:
    """The other way through a section's batteries, if there is one."""
    questionnaire = found.wave.questionnaire
    others = ((page, counterpart_of(questionnaire, page)) for page in pages)
    page, other = next(((page, other) for page, other in others if other), (None, None))
    if page is None or other is None:
        return None
    return Turn(page_url(found, other), "aspect" if is_by_agency(questionnaire, page) else "agency")


def _first_open_page(pages: Iterable[Page], asked: frozenset[str], given: frozenset[str]) -> Page | None:
    """The first page with something left to answer; the first that is asked at all when nothing is left."""
    pages = [page for page in pages if any(item.code in asked for item in page.items)]
    left = asked - given
    blank = (page for page in pages if any(item.code in left and not item.follow_up for item in page.items))
    return next(blank, pages[0] if pages else None)
