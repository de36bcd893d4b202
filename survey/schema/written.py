"""The questionnaire as an author writes it: one small model for each kind of question."""

from typing import Annotated, Literal

from pydantic import Field

from survey.schema.codes import FrameField, OptionKind, QuestionKind
from survey.schema.rules import Many, Part, Rule, Some, Text

Number = Annotated[float, Field(allow_inf_nan=False)]
Value = Annotated[int, Field(ge=1, le=99)]


class WrittenOption(Part):
    """An option of a scale; a "don't know" has no value of its own."""

    code: Text
    label: Text
    value: Value | None = None
    kind: OptionKind = "option"


class WrittenChoice(WrittenOption):
    """An option of a question with several answers; an exclusive one stands alone."""

    exclusive: bool = False


class WrittenScale(Part):
    """A scale with a name."""

    code: Text
    options: Many[WrittenOption]


class WrittenItem(Part):
    """A statement to be rated."""

    code: Text
    label: Text
    short: Text | None = None
    row: Text | None = None
    panel: Text | None = None
    shown_when: Rule | None = None
    recommendations: Many[int] = ()


class WrittenAgency(Part):
    """Somebody who is rated by every rating battery."""

    code: Text
    label: Text
    column: Text | None = None


class WrittenDetails(Part):
    """The box for text that follows one of the answers."""

    label: Text
    when: Text
    hint: Text | None = None


class WrittenYesDetails(Part):
    """The box for text that follows a yes."""

    label: Text = "Please give details."
    hint: Text | None = None


class WrittenAny(Part):
    """What every question says."""

    kind: QuestionKind
    code: Text
    wording: Text
    short: Text | None = None
    hint: Text | None = None
    feeds: Many[Text] = ()
    panel: Text | None = None
    recommendations: Many[int] = ()


class WrittenFrame(WrittenAny):
    """A question the frame answers; it is never asked."""

    kind: Literal["frame"]
    taken_from: FrameField


class WrittenAsked(WrittenAny):
    """What every question that is asked may say besides."""

    page: Text | None = None
    shown_when: Rule | None = None


class WrittenSingle(WrittenAsked):
    """One answer from a scale."""

    kind: Literal["single_choice"]
    scale: Text
    details: WrittenDetails | None = None


class WrittenMultiple(WrittenAsked):
    """Any number of answers from the question's own options."""

    kind: Literal["multiple_choice"]
    options: Many[WrittenChoice]
    details: WrittenDetails | None = None


class WrittenRatings(WrittenAsked):
    """Every agency rated on one scale."""

    kind: Literal["rating_battery"]
    scale: Text


class WrittenStatements(WrittenAsked):
    """Every statement rated on one scale."""

    kind: Literal["statement_battery"]
    scale: Text
    items: Some[WrittenItem]


class WrittenYesNo(WrittenAsked):
    """Yes or no, and details of a yes."""

    kind: Literal["yes_no_details"]
    scale: Text
    details: WrittenYesDetails = WrittenYesDetails()


class WrittenText(WrittenAsked):
    """An answer in the person's own words."""

    kind: Literal["open_text"]


class WrittenNumber(WrittenAsked):
    """A number, perhaps whole, perhaps within limits."""

    kind: Literal["number"]
    min: Number | None = None
    max: Number | None = None
    whole: bool = False


class WrittenDate(WrittenAsked):
    """A date."""

    kind: Literal["date"]


WrittenQuestion = Annotated[
    WrittenFrame
    | WrittenSingle
    | WrittenMultiple
    | WrittenRatings
    | WrittenStatements
    | WrittenYesNo
    | WrittenText
    | WrittenNumber
    | WrittenDate,
    Field(discriminator="kind"),
]


class WrittenSection(Part):
    """A section: its words, the titles of its pages with several questions, and its questions."""

    code: Text
    title: Text
    intro: Text | None = None
    pages: dict[Text, Text] = {}
    questions: Many[WrittenQuestion]


class WrittenQuestionnaire(Part):
    """The whole document."""

    questionnaire: Text
    title: Text
    introduction: Text | None = None
    status: Text | None = None
    evidence: Text | None = None
    text_hint: Text | None = None
    scales: Many[WrittenScale] = ()
    agencies: Many[WrittenAgency] = ()
    sections: Some[WrittenSection]
