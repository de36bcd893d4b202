"""How many answers are of which sort: given, don't know, refused, left blank, not asked. They are never added up."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.schema.answers import Value, answered
from survey.schema.codes import DONT_KNOW, MISSING_WORDS, REFUSED
from survey.schema.parts import Questionnaire
from survey.schema.routing import applicable


@dataclass(frozen=True)
class Tally:
    """The questions of a return by what became of them; boxes that follow an answer are extra."""

    given: int
    dont_know: int
    refused: int
    blank: int
    not_asked: int

    def __str__(self) -> str:
        """What is not an answer in substance, in words; what there is none of is left out."""
        parts = (
            (self.dont_know, f"“{MISSING_WORDS[DONT_KNOW]}”"),
            (self.refused, f"“{MISSING_WORDS[REFUSED]}”"),
            (self.blank, "left open"),
            (self.not_asked, "not asked"),
        )
        return ", ".join(f"{number} {words}" for number, words in parts if number)


def tally(questionnaire: Questionnaire, values: Mapping[str, Value]) -> Tally:
    """The tally of one return's values, or of a submission's."""
    asked = applicable(questionnaire, values)
    counted = [code for code, item in questionnaire.items.items() if not item.follow_up]
    put = [values.get(code) for code in counted if code in asked]
    missing = [value for value in put if value in (DONT_KNOW, REFUSED)]
    given = sum(answered(value) for value in put)
    return Tally(
        given=given - len(missing),
        dont_know=missing.count(DONT_KNOW),
        refused=missing.count(REFUSED),
        blank=len(put) - given,
        not_asked=len(counted) - len(put),
    )
