"""The steps of a wave's life, in order. Rooms to the left of this one add theirs when they start."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from respondents.fieldwork.frame import eligible_boards
from respondents.fieldwork.models import Approval, ApprovalOverride, Preparation
from survey.models import Wave

Group = Literal["Prepare", "Approvals and plan", "Test and open", "While it is open", "After closing"]


@dataclass(frozen=True)
class Life:
    """A wave, how far it is prepared, and the moment at which that is looked at."""

    wave: Wave
    preparation: Preparation
    overridden: frozenset[str]
    boards: int
    now: datetime

    @property
    def is_over(self) -> bool:
        """Whether the wave was opened and has closed."""
        return not self.wave.is_draft and self.now >= self.wave.closes_at

    @property
    def is_running(self) -> bool:
        """Whether the wave was opened and has not closed."""
        return not self.wave.is_draft and self.now < self.wave.closes_at


@dataclass(frozen=True)
class StepState:
    """How far a step is: words first; what stands against opening, in sentences; whether there is a page to go to."""

    words: str
    colour: str = ""
    hint: str = ""
    missing: tuple[str, ...] = ()
    may_enter: bool = True


@dataclass(frozen=True)
class Step:
    """One step: where its page is, when it applies, and how far it is."""

    place: int
    name: str
    title: str
    group: Group
    route: str
    state: Callable[[Life], StepState]
    applies: Callable[[Life], bool] = lambda _: True


OPENING = 90  # the place of the step that opens the wave: what stands before it can stand against it
_STEPS: dict[str, Step] = {}


def add_step(step: Step) -> None:
    """Adds a step to the life of every wave; one of the same name takes its place."""
    _STEPS[step.name] = step


def steps_of(life: Life) -> tuple[Step, ...]:
    """The steps that this wave goes through, in order."""
    return tuple(step for step in sorted(_STEPS.values(), key=lambda step: step.place) if step.applies(life))


@dataclass(frozen=True)
class Missing:
    """One thing that stands against opening, and the step where it is put right."""

    sentence: str
    step: Step


def missing_in(life: Life) -> tuple[Missing, ...]:
    """Everything that stands against opening, in the order of the steps."""
    before = [step for step in steps_of(life) if step.place < OPENING]
    return tuple(Missing(sentence, step) for step in before for sentence in step.state(life).missing)


def life_of(wave: Wave, *, now: datetime) -> Life:
    """What is known of a wave's life."""
    preparation = Preparation.objects.filter(wave=wave).first() or Preparation(wave=wave, started_at=now)
    overrides = ApprovalOverride.objects.filter(wave=wave).values_list("approval", flat=True)
    return Life(wave, preparation, frozenset(overrides), _boards(wave), now)


def lacking(life: Life) -> list[Approval]:
    """The approvals that are neither held nor done without for a reason."""
    return [each for each in Approval if not life.preparation.holds(each) and each not in life.overridden]


def _boards(wave: Wave) -> int:
    if not wave.is_draft:
        return wave.returns.in_frame().count()
    return eligible_boards(wave).count()
