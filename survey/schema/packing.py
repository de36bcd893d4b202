"""Coded answers as bytes of one length: eight that tell the places, then one signed byte for each place.

What a submission says stands in its document. The same codes packed beside it are read a hundred thousand at a time
without taking any document apart. A place is an item (not one of free text), or an option of a multiple choice.
"""

from collections.abc import Mapping, Sequence

from survey.schema.codes import NOT_ANSWERED
from survey.schema.parts import Option, Questionnaire

CHOSEN, NOT_CHOSEN = 1, 0


def pack(answers: Mapping[str, int | Sequence[int]], *, questionnaire: Questionnaire) -> bytes:
    """The codes of a complete document, each from -9 to 99."""
    codes = (_code(answers.get(item.code, NOT_ANSWERED), option) for item, option in questionnaire.places)
    return questionnaire.packing + bytes(code & 0xFF for code in codes)


def packed_length(questionnaire: Questionnaire) -> int:
    """How many bytes `pack` makes."""
    return len(questionnaire.packing) + len(questionnaire.places)


def _code(answer: int | Sequence[int], option: Option | None) -> int:
    if isinstance(answer, int):
        return answer
    return CHOSEN if option and option.value in answer else NOT_CHOSEN
