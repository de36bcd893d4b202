"""The list of a wave's tasks, ready to be placed."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from respondents.fieldwork.own_steps import DONE
from respondents.fieldwork.steps import Life, Step, StepState, missing_in, steps_of
from survey.models import Wave


@dataclass(frozen=True)
class Task:
    """One row of the list."""

    name: str
    title: str
    hint: str
    url: str
    state: StepState


@dataclass(frozen=True)
class TaskGroup:
    """Tasks under one heading."""

    title: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class TasksPage:
    """Where a wave is in its life, and what comes next."""

    wave: Wave
    state: str
    lead: str
    groups: tuple[TaskGroup, ...]
    open_url: str
    delete_url: str


def tasks_page(life: Life) -> TasksPage:
    """Every step with its state."""
    wave = life.wave
    rows = [(step.group, _task(step, life)) for step in steps_of(life)]
    groups = groupby(rows, key=lambda row: row[0])
    missing = missing_in(life) if wave.is_draft else ()
    return TasksPage(
        wave=wave,
        state=state_in_words(life),
        lead=_lead(life, missing_count=len({each.step.name for each in missing})),
        groups=tuple(TaskGroup(title, tuple(task for _, task in tasks)) for title, tasks in groups),
        open_url=reverse("life:open", args=[wave.slug]) if wave.is_draft and not missing else "",
        delete_url=reverse("life:delete", args=[wave.slug]) if wave.is_draft or wave.is_test else "",
    )


def state_in_words(life: Life) -> str:
    """Draft, waiting to open, open or closed."""
    if life.wave.is_draft:
        return "Draft"
    if life.is_over:
        return "Closed"
    return "Open" if life.now >= life.wave.opens_at else "Opens later"


def _lead(life: Life, *, missing_count: int) -> str:
    if life.is_over:
        return "Fieldwork is over. Freeze the data, so that every figure can be traced to one file."
    if not life.wave.is_draft:
        return "The frame is frozen. What can still be changed is below; every change is kept with its reason."
    if not missing_count:
        return "Everything is there. Open the wave when you are ready; a page in between says what happens."
    steps = "1 step is" if missing_count == 1 else f"{missing_count} steps are"
    return f"{steps} left before the wave can be opened. Do them in any order; everything is kept as you go."


def _task(step: Step, life: Life) -> Task:
    state = step.state(life)
    url = reverse(step.route, args=[life.wave.slug]) if state.may_enter else ""
    if state.words == DONE:
        state = StepState(DONE, "", state.hint)
    return Task(step.name, step.title, state.hint, url, state)
