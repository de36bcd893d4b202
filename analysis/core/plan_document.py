"""The analysis plan as its author writes it: tables in order, each with the spec of its kind."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]*$")]
Words = Annotated[str, Field(min_length=1)]
ChartKind = Literal["diverging", "stacked", "plain", "choices", "response", "dots"]
Base = Literal["returned", "asked", "answered"]
Bases = Literal["one", "both"]


class Part(BaseModel):
    """Any part of a plan: read once, never changed, with no key that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TableSpec(Part):
    """What every table says: its number, a complete caption, the heading of its stub, its notes and its chart."""

    id: Identifier
    number: Annotated[int, Field(ge=1)]
    title: Words
    short: str = ""
    stub: Words
    notes: tuple[Words, ...] = ()
    chart: ChartKind | None = None


class StratumRow(Part):
    """One row of a response table: the level of the stratum it counts."""

    id: Identifier
    label: Words
    value: Words


class ResponseRateSpec(TableSpec):
    """Returns beside the eligible authorities and boards of each level of one stratum."""

    kind: Literal["response_rate"]
    stratum: Literal["authority_type", "region"]
    rows: Annotated[tuple[StratumRow, ...], Field(min_length=1)]


class FrequencySpec(TableSpec):
    """The answers to one item, one row for each option of its scale."""

    kind: Literal["frequency"]
    item: Words
    bases: Bases | None = (
        None  # whether a companion is on those that answered: where don't know is offered, unless said
    )


class MultipleSpec(TableSpec):
    """The answers to one multiple choice, one row for each option; a return may stand in several rows."""

    kind: Literal["multiple"]
    item: Words


class CodedSpec(TableSpec):
    """Boards per code of an item that is answered in words; one row for each code of its frame."""

    kind: Literal["codes"] = "codes"
    item: Words


class Statement(Part):
    """One row of a statements table: the item it tabulates, worded as it was asked unless a label is given."""

    id: Identifier
    item: Words
    panel: str = ""
    label: str = ""


class StatementsSpec(TableSpec):
    """Several items on one scale, one row for each."""

    kind: Literal["statements"]
    bases: Bases | None = None
    rows: Annotated[tuple[Statement, ...], Field(min_length=1)]


class Panel(Part):
    """One battery question whose items are the agencies in the columns."""

    id: Identifier
    label: Words
    question: Words


class Rating(Part):
    """One row of each panel: the options of the scale that are counted together."""

    id: Identifier
    label: Words
    options: Annotated[tuple[Words, ...], Field(min_length=1)]


class Survey(Part):
    """The column heading of this survey where a comparator stands beside it."""

    id: Identifier
    label: Words


class RatingsSpec(TableSpec):
    """Ratings of agencies on several aspects, beside the published percentages of an earlier survey."""

    kind: Literal["ratings"]
    panels: Annotated[tuple[Panel, ...], Field(min_length=1)]
    rows: Annotated[tuple[Rating, ...], Field(min_length=1)]
    survey: Survey
    comparator: str | None = None
    bases: Bases | None = None


class CrossSpec(TableSpec):
    """The answers to an item, or to each item of a battery, in every group of returns.

    `by` is a variable of the frame or the code of another closed item; without it there is one row for all returns.
    `base` is what percentages stand on. `rows` are the levels of a variable of the frame; where they are left out they
    are those of the response table of the same stratum.
    """

    kind: Literal["cross"]
    item: str = ""
    question: str = ""
    by: str = ""
    base: Base = "returned"
    collapse: tuple[Rating, ...] = ()
    rows: tuple[StratumRow, ...] = ()


Spec = Annotated[
    ResponseRateSpec | FrequencySpec | MultipleSpec | StatementsSpec | RatingsSpec | CrossSpec,
    Field(discriminator="kind"),
]


class ComparatorNote(Part):
    """What readers of one table must know about the comparator's figures in it."""

    table: Identifier
    erratum: str = ""
    text: Words


class ComparatorSpec(Part):
    """An earlier survey known only by its published percentages: who was asked, when, and what it cannot show."""

    id: Identifier
    label: Words
    column: Words
    file: Words
    base: Annotated[int, Field(ge=1)]
    who: Words
    when: Words
    comparability: Words
    notes: tuple[ComparatorNote, ...] = ()


class PublishedSpec(Part):
    """The figures a publication printed, its known errata, how many returns it had, and how it is called in a text."""

    file: Words
    errata: Words
    returns: Annotated[int, Field(ge=1)]
    name: Words = "the published report"


class FindingSpec(Part):
    """One sentence whose numbers are tokens for cells, and the recommendations that it bears on."""

    id: Identifier
    text: Words
    recommendations: tuple[Annotated[int, Field(ge=1, le=15)], ...] = ()


class Theme(Part):
    """What was found on one theme."""

    theme: Words
    findings: Annotated[tuple[FindingSpec, ...], Field(min_length=1)]


class GroupSpec(Part):
    """Neighbouring levels of a stratum that are shown together where one of them has too few returns to stand alone."""

    label: Words
    levels: Annotated[tuple[Words, ...], Field(min_length=1)]


class BreakdownSpec(Part):
    """How a release breaks its tables down by one stratum: the groups in the order in which they are merged."""

    stratum: Literal["authority_type", "region"]
    label: Words
    groups: Annotated[tuple[GroupSpec, ...], Field(min_length=2)]


class WeightingSpec(Part):
    """A wish to have figures weighted too; whether they may be is decided by the returns of each wave."""

    method: Literal["post_stratification", "raking"]
    margins: Annotated[tuple[Literal["authority_type", "region"], ...], Field(min_length=1)]


class PlanDocument(Part):
    """A whole analysis plan."""

    title: Words
    unit: Words
    source: Words
    comparators: tuple[ComparatorSpec, ...] = ()
    published: PublishedSpec | None = None
    weighting: WeightingSpec | None = None  # unless it is asked for, nothing is weighted
    recommendations: dict[Annotated[int, Field(ge=1, le=15)], Words] = {}
    findings: tuple[Theme, ...] = ()
    tables: Annotated[tuple[Spec, ...], Field(min_length=1)]
    breakdowns: tuple[BreakdownSpec, ...] = ()
    coded: tuple[CodedSpec, ...] = ()  # shown once two people have coded the answers
    further: tuple[Spec, ...] = ()  # of questions no publication tabulates; shown once somebody answered them


class ErratumCell(Part):
    """The place of one figure."""

    table: Identifier
    row: Identifier
    column: Identifier
    measure: Literal["count", "percent"]


class Erratum(Part):
    """One known error of a publication: of single cells, or a note on whole tables."""

    id: Annotated[str, Field(pattern=r"^E\d+$")]
    comment: Words
    cells: tuple[ErratumCell, ...] = ()
    tables: tuple[Identifier, ...] = ()


class ErrataDocument(Part):
    """Every known error of a publication."""

    errata: tuple[Erratum, ...]
