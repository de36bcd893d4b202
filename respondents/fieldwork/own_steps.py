"""How far each step of this room is, in words; registered when the room starts."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from respondents.fieldwork.frame import EMPTY, NOBODY
from respondents.fieldwork.models import Approval
from respondents.fieldwork.steps import OPENING, Life, Step, StepState, add_step, lacking, missing_in
from survey.counting import counted
from survey.moments import moment_in_words
from survey.working_days import why_no_work, working_days

TO_DO = "govuk-tag--blue"
QUIET = "app-tag-quiet"
DONE = "Completed"


def questionnaire_state(life: Life) -> StepState:
    """Whether a published version is chosen."""
    version = life.wave.questionnaire_version
    if version is None:
        return StepState("Not chosen", TO_DO, missing=("Choose the questionnaire that this wave asks.",))
    return StepState(DONE, hint=f"{version}: {version.title}", may_enter=life.wave.is_draft)


def frame_state(life: Life) -> StepState:
    """Whether somebody has looked at who is asked."""
    boards = counted(life.boards, "board")
    if not life.wave.is_draft:
        return StepState(DONE, hint=f"{boards}, frozen on {_day(life.wave.opened_at)}", may_enter=False)
    if not life.boards:
        return StepState("No boards", TO_DO, missing=(NOBODY if life.wave.is_test else EMPTY,))
    if life.preparation.frame_checked_at is None:
        missing = f"Look at who is asked: {boards}, and what the register lacks."
        return StepState("Not checked", TO_DO, hint=f"{boards} in the register", missing=(missing,))
    return StepState(DONE, hint=boards)


def dates_state(life: Life) -> StepState:
    """Whether the dates are set and still to come, and what to know about them."""
    wave = life.wave
    said = f"{moment_in_words(wave.opens_at)} to {moment_in_words(wave.closes_at)}"
    if not wave.is_draft:
        return StepState(DONE, hint=said, may_enter=False)
    if life.preparation.dates_set_at is None:
        return StepState("Not set", TO_DO, hint=f"Proposed: {said}", missing=("Set when the wave opens and closes.",))
    if wave.closes_at <= life.now:
        missing = f"The closing time, {moment_in_words(wave.closes_at)}, has passed: choose a later one."
        return StepState("In the past", TO_DO, hint=said, missing=(missing,))
    return StepState(DONE, hint=f"{said}. {dates_in_words(life)}")


def dates_in_words(life: Life) -> str:
    """How many working days there are, and which of the two dates is none."""
    first, last = (timezone.localdate(each) for each in (life.wave.opens_at, life.wave.closes_at))
    days = working_days(first, last)
    warnings = [
        f"It {verb} on {why}." for verb, why in (("opens", why_no_work(first)), ("closes", why_no_work(last))) if why
    ]
    return " ".join([f"{counted(days, 'working day')}.", *warnings])


def signature_state(life: Life) -> StepState:
    """Whether it is decided that a second person signs."""
    if life.preparation.signature_set_at is None and life.wave.is_draft:
        return StepState("Not decided", TO_DO, missing=("Decide whether a second person signs each return.",))
    wanted = "A second person signs each return" if life.wave.needs_signature else "The chair submits alone"
    return StepState(DONE, hint=wanted, may_enter=life.wave.is_draft)


def approvals_state(life: Life) -> StepState:
    """How many approvals are held, and which are done without."""
    held = sum(life.preparation.holds(each) for each in Approval)
    without = [each.label for each in Approval if each in life.overridden and not life.preparation.holds(each)]
    lack = lacking(life)
    hint = f"{held} of {len(Approval)} held." + (f" Done without: {', '.join(without)}." if without else "")
    missing = tuple(f"{each.label}: write it down, or say why the wave opens without it." for each in lack)
    return StepState(f"{len(lack)} missing" if lack else DONE, TO_DO if lack else "", hint, missing)


def test_state(life: Life) -> StepState:
    """Whether the wave was tried before it opens."""
    tested = life.preparation.tested_at
    if tested is not None:
        return StepState(DONE, hint=f"Noted on {_day(tested)}", may_enter=life.wave.is_draft)
    if not life.wave.is_draft:
        return StepState("Not noted", QUIET, may_enter=False)
    return StepState("Not done", TO_DO, missing=("Answer the questionnaire once yourself and note what came of it.",))


def open_state(life: Life) -> StepState:
    """Whether the wave can be opened."""
    if life.wave.opened_at is not None:
        return StepState(DONE, hint=f"Opened on {moment_in_words(life.wave.opened_at)}", may_enter=False)
    others = len({each.step.name for each in missing_in(life)})
    if others:
        return StepState("Cannot open yet", QUIET, hint=f"{counted(others, 'step')} to do first")
    return StepState("Ready", "govuk-tag--green")


def extend_state(life: Life) -> StepState:
    """Whether there can be more time."""
    changes = life.wave.closing_changes.filter(kind="extended").count() if not life.wave.is_draft else 0
    hint = f"Extended {counted(changes, 'time')}" if changes else ""
    return _while_open(life, hint)


def close_state(life: Life) -> StepState:
    """Whether the wave can be closed."""
    if life.is_over:
        return StepState(DONE, hint=f"Closed on {moment_in_words(life.wave.closes_at)}", may_enter=False)
    return _while_open(life, f"Closes by itself on {moment_in_words(life.wave.closes_at)}" if life.is_running else "")


def _while_open(life: Life, hint: str) -> StepState:
    if life.is_running:
        return StepState("Possible", QUIET, hint)
    return StepState("Closed" if life.is_over else "Cannot start yet", QUIET, hint, may_enter=False)


def _day(moment: date | None) -> str:
    return date_format(moment, "j F Y") if moment else ""


def _is_real(life: Life) -> bool:
    return not life.wave.is_test


def register_steps() -> None:
    """Adds this room's steps to the life of every wave."""
    add_step(Step(10, "questionnaire", "Questionnaire", "Prepare", "life:questionnaire", questionnaire_state))
    add_step(Step(20, "frame", "Who is asked", "Prepare", "life:frame", frame_state))
    add_step(Step(30, "dates", "Opening and closing", "Prepare", "life:dates", dates_state))
    add_step(Step(40, "signature", "Signature", "Prepare", "life:signature", signature_state))
    add_step(
        Step(60, "approvals", "Approvals", "Approvals and plan", "life:approvals", approvals_state, applies=_is_real)
    )
    add_step(Step(80, "test", "Test", "Test and open", "life:test", test_state, applies=_is_real))
    add_step(Step(OPENING, "open", "Open the wave", "Test and open", "life:open", open_state))
    add_step(Step(100, "extend", "Extend", "While it is open", "life:extend", extend_state))
    add_step(Step(110, "close", "Close now", "While it is open", "life:close", close_state))
