"""How far the two milestones are, as steps of a wave's life; added when the room starts."""

from django.utils.formats import date_format

from analysis.milestones.models import PlanRecord
from respondents.fieldwork.steps import Life, Step, StepState, add_step
from survey.moments import moment_in_words

TO_DO, QUIET, DONE = "govuk-tag--blue", "app-tag-quiet", "Completed"


def plan_state(life: Life) -> StepState:
    """Whether the plan is dated, and was checked against what the wave asks now."""
    kept: PlanRecord | None = life.wave.plan_records.order_by("-pk").first()
    if life.wave.questionnaire_version_id is None:
        missing = ("Record the analysis plan, once the questionnaire is chosen.",)
        return StepState("Cannot start yet", QUIET, "Choose the questionnaire first", missing, may_enter=False)
    if kept is None:
        late = "" if life.wave.is_draft or not life.is_over else "A plan recorded now is marked exploratory."
        return StepState("Not recorded", TO_DO, late, ("Record the analysis plan with its date.",))
    if kept.questionnaire != life.wave.questionnaire_version_id:
        missing = ("Record the analysis plan again: the questionnaire has changed since.",)
        return StepState("To be checked again", TO_DO, f"{kept.plan}, for another questionnaire", missing)
    mark = " Exploratory: recorded after closing." if kept.is_exploratory else ""
    return StepState(DONE, hint=f"{kept.plan}, dated {date_format(kept.dated, 'j F Y')}.{mark}")


def freeze_state(life: Life) -> StepState:
    """Whether the data are frozen."""
    if not life.is_over:
        return StepState("Cannot start yet", QUIET, may_enter=False)
    frozen = life.wave.frozen_extracts.defer("content").order_by("-number").first()
    if frozen is None:
        return StepState("Not frozen", TO_DO)
    return StepState(DONE, hint=f"{frozen.rows:,} returns, frozen on {moment_in_words(frozen.frozen_at)}")


def register_steps() -> None:
    """Adds this room's steps to the life of every wave."""
    add_step(
        Step(
            70,
            "plan",
            "Analysis plan",
            "Approvals and plan",
            "milestones:plan",
            plan_state,
            applies=lambda life: not life.wave.is_test,
        )
    )
    add_step(Step(120, "freeze", "Freeze the data", "After closing", "milestones:freeze", freeze_state))
