"""The four codes of a missing answer, the kinds of question and item, and the shape of a code."""

from typing import Final, Literal

NOT_ANSWERED: Final = -9
DONT_KNOW: Final = -8
NOT_ASKED: Final = -7
REFUSED: Final = -6
NOT_SPECIFIED: Final = (NOT_ANSWERED, NOT_ASKED, REFUSED)

REFUSED_RAW: Final = "refused"
RESERVED_OPTIONS: Final = frozenset({REFUSED_RAW, "not_answered", "not_asked"})

MISSING_WORDS: Final = {
    NOT_ANSWERED: "Not provided",
    DONT_KNOW: "Don't know",
    NOT_ASKED: "Not asked",
    REFUSED: "I do not want to answer",
}

ItemKind = Literal["closed", "multiple", "text", "number", "date"]
OptionKind = Literal["option", "dont_know"]
QuestionKind = Literal[
    "frame",
    "single_choice",
    "multiple_choice",
    "rating_battery",
    "statement_battery",
    "yes_no_details",
    "open_text",
    "number",
    "date",
]
FrameField = Literal["board", "authority_type", "region"]

RECOMMENDATIONS: Final = range(1, 16)
