"""A board beside the nation: every question of the questionnaire with its answers and where they stand."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from analysis.core.nation.positions import Position, Respondent, position_of
from analysis.core.nation.told import Among, Told
from analysis.core.plan_document import BreakdownSpec
from survey.schema.answers import answered, display
from survey.schema.codes import NOT_ASKED
from survey.schema.document import Item, Question, Questionnaire


@dataclass(frozen=True)
class OwnAnswer:
    """An answer that no table of the release counts: what a board wrote stays its own."""

    label: str
    text: str
    is_written: bool


@dataclass(frozen=True)
class BesideQuestion:
    """One question: where the board stands on each of its items, and what is the board's alone."""

    code: str
    wording: str
    short: str
    positions: tuple[Position, ...]
    own: tuple[OwnAnswer, ...]


@dataclass(frozen=True)
class BesideSection:
    """A section of the questionnaire with the questions that the board answered or that are tabulated."""

    code: str
    title: str
    questions: tuple[BesideQuestion, ...]


@dataclass(frozen=True)
class Standing:
    """What the reader must know of one kind of group: which one the board is in, and how often it is shown."""

    stratum: str
    label: str
    group: Among | None
    shown: int
    items: int

    @property
    def words(self) -> str:
        """Return it in one sentence."""
        if self.group is None:
            return f"Your {self.label}: this release shows no groups, so your answers stand beside all boards only."
        named = f"Your {self.label}: “{self.group.who}”, of which {self.group.base:,} boards answered"
        if self.shown == self.items:
            return f"{named}."
        if not self.shown:
            return f"{named}. Nothing of that group can be shown beside your answers without telling of other boards."
        return (
            f"{named}. Their figures stand beside {self.shown:,} of your {self.items:,} answers; beside the others "
            f"they would tell too much of single boards, or this release does not show them by {self.label}."
        )


@dataclass(frozen=True)
class Beside:
    """All that a board's report says."""

    sections: tuple[BesideSection, ...]
    standings: tuple[Standing, ...]
    boards: int  # how many answered

    @property
    def positions(self) -> Iterator[Position]:
        """Return every item that is tabulated, in the order of the questionnaire."""
        return (each for section in self.sections for question in section.questions for each in question.positions)


def beside(
    questionnaire: Questionnaire,
    *,
    told: Mapping[str, Told],
    breakdowns: Collection[BreakdownSpec],
    me: Respondent,
    known: Collection[Respondent],
    smallest: int,
) -> Beside:
    """Return the report of one board; `known` are all boards whose answers its chair knows, this one among them."""

    def question(each: Question) -> BesideQuestion:
        items = [item for item in each.items if me.answers.get(item.code) != NOT_ASKED]
        return BesideQuestion(
            code=each.code,
            wording=each.wording,
            short=each.short,
            positions=tuple(
                position_of(item, told=told[item.code], me=me, known=known, smallest=smallest)
                for item in items
                if item.code in told
            ),
            own=tuple(_own(item, me) for item in items if item.code not in told and _has_own(item, me)),
        )

    sections = tuple(
        BesideSection(
            section.code, section.title, tuple(found for found in map(question, section.questions) if _says(found))
        )
        for section in questionnaire.sections
    )
    kept = tuple(section for section in sections if section.questions)
    every = [each for section in kept for found in section.questions for each in found.positions]
    return Beside(
        sections=kept,
        standings=tuple(_standing(spec, every) for spec in breakdowns),
        boards=max((each.told.nation.base for each in every), default=0),
    )


def _says(question: BesideQuestion) -> bool:
    return bool(question.positions or question.own)


def _has_own(item: Item, me: Respondent) -> bool:
    return answered(me.answers.get(item.code))


def _own(item: Item, me: Respondent) -> OwnAnswer:
    return OwnAnswer(item.label, display(item, me.answers.get(item.code)), is_written=item.kind == "text")


def _standing(spec: BreakdownSpec, positions: Collection[Position]) -> Standing:
    shown = [group for each in positions for group in each.among if _is_by(group, spec)]
    groups = [*shown, *(group for each in positions for group in each.withheld if _is_by(group, spec))]
    largest = max(groups, key=lambda group: group.base, default=None)
    return Standing(spec.stratum, spec.label, largest, len(shown), len(positions))


def _is_by(among: Among, spec: BreakdownSpec) -> bool:
    return among.group is not None and among.group.stratum == spec.stratum
