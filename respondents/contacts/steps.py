"""What is said and when, as steps of a wave's life. Neither stands against opening: there are usual words, and days."""

from respondents.contacts.models import TemplateKind
from respondents.fieldwork.steps import Life, Step, StepState, add_step
from survey.counting import counted

QUIET = "app-tag-quiet"


def words_state(life: Life) -> StepState:
    """How many messages have words of their own."""
    own = life.wave.template_versions.values("kind").distinct().count()
    if not own:
        return StepState("Standard words", QUIET, f"{len(TemplateKind)} messages, all in standard words")
    return StepState("Completed", hint=f"{own} of {len(TemplateKind)} messages in your own words")


def mailings_state(life: Life) -> StepState:
    """How many mailings are planned."""
    planned = life.wave.mailings.count()
    if not planned:
        return StepState("None planned", QUIET)
    return StepState("Completed", hint=f"{counted(planned, 'mailing')} planned or sent")


def register_steps() -> None:
    """Adds this room's steps to the life of every wave."""
    add_step(Step(50, "messages", "Words of the messages", "Prepare", "contacts:templates", words_state))
    add_step(Step(55, "mailings", "Invitations and reminders", "Prepare", "contacts:plan", mailings_state))
