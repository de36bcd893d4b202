"""How far a section has been answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.schema.answers import Value, answered
from survey.schema.parts import Questionnaire, Section
from survey.schema.routing import applicable


@dataclass(frozen=True)
class Progress:
    """How many of a section's questions have an answer, of those that are asked; boxes that follow a yes are extra."""

    answered: int
    applicable: int

    @property
    def complete(self) -> bool:
        """Whether nothing is left to answer."""
        return self.answered == self.applicable


def section_progress(section: Section, questionnaire: Questionnaire, values: Mapping[str, Value]) -> Progress:
    """The progress of one section, given the answers to the whole questionnaire."""
    asked = applicable(questionnaire, values)
    counted = [item.code for item in section.items if item.code in asked and not item.follow_up]
    return Progress(answered=sum(answered(values.get(code)) for code in counted), applicable=len(counted))
