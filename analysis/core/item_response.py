"""How many of those who were asked answered each item; don't know is an answer, and is counted apart (M11, M15)."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.core.cube import Cube
from analysis.core.marks import choices_of, mark_of
from analysis.core.percent import percent
from survey.schema.codes import DONT_KNOW, NOT_ANSWERED, NOT_ASKED, REFUSED
from survey.schema.document import Item, Questionnaire

FLAG_BELOW = 90


@dataclass(frozen=True, slots=True)
class ItemResponse:
    """One item: of how many returns it was asked, and what became of it in these."""

    code: str
    label: str
    asked: int
    dont_know: int
    not_answered: int
    refused: int

    @property
    def answered(self) -> int:
        """Return how many gave an answer, don't know among them."""
        return self.asked - self.not_answered - self.refused

    @property
    def percent(self) -> int | None:
        """Return the item response rate in whole per cent of those asked; None where nobody was asked."""
        return percent(self.answered, self.asked) if self.asked else None

    @property
    def is_low(self) -> bool:
        """Whether fewer than nine in ten of those asked answered, on the unrounded share."""
        return 100 * self.answered < FLAG_BELOW * self.asked


def item_responses(cube: Cube, *, questionnaire: Questionnaire) -> tuple[ItemResponse, ...]:
    """Return the response to every closed item and every multiple choice, in the order of the questionnaire."""
    return tuple(_responses(cube, questionnaire))


def _responses(cube: Cube, questionnaire: Questionnaire) -> Iterator[ItemResponse]:
    for item in questionnaire.items.values():
        if column := _column_of(item):
            codes = cube.codes(column)
            yield ItemResponse(
                code=item.code,
                label=item.short or item.label,
                asked=cube.total - codes.get(NOT_ASKED, 0),
                dont_know=sum(codes.get(value, 0) for value in _unknown(item)),
                not_answered=codes.get(NOT_ANSWERED, 0),
                refused=codes.get(REFUSED, 0),
            )


def _column_of(item: Item) -> str:
    """Every column of a multiple choice holds the same codes where nothing was chosen, so the first one tells."""
    if item.kind == "closed" and item.scale is not None:
        return item.code
    choices = choices_of(item) if item.kind == "multiple" else ()
    return mark_of(item, choices[0]) if choices else ""


def _unknown(item: Item) -> set[int]:
    said = {option.value for option in item.scale.options if option.kind == "dont_know"} if item.scale else set()
    return {DONT_KNOW, *said}
