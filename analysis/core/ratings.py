"""Rating tables: agencies rated on several aspects, beside the published percentages of an earlier survey."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.core.cube import Cube
from analysis.core.plan_document import Panel, Rating, RatingsSpec
from analysis.core.references import Comparator
from analysis.core.shape import (
    NOT_SPECIFIED_ID,
    NOT_SPECIFIED_LABEL,
    Cells,
    Place,
    Population,
    all_returns,
    counted_together,
    not_specified,
    scale_of,
    share,
)
from analysis.core.table import BREAK, NOT_APPLICABLE, NOT_AVAILABLE, Cell, Column, Row
from survey.schema.document import Item, Option, Question, Questionnaire


@dataclass(frozen=True)
class Ratings:
    """Lays out a ratings table: a panel for each question, a pair of columns for each agency."""

    spec: RatingsSpec
    questionnaire: Questionnaire
    comparator: Comparator | None

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(
            Row(f"{panel.id}.{rating}", label, panel=panel.label, apart=apart)
            for panel in self.spec.panels
            for rating, label, apart in self._stub(panel)
        )

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(column for agency, item in self._agencies.items() for column in self._pair(agency, item.label))

    @property
    def wholes(self) -> tuple[tuple[Place, ...], ...]:
        return tuple(
            tuple((f"{panel.id}.{rating}", self._ours(agency)) for rating, _, _ in self._stub(panel))
            for panel in self.spec.panels
            for agency in self._agencies
        )

    def base_note(self, cube: Cube, population: Population) -> str:
        if self.comparator is None:
            return all_returns(cube)
        return f"{all_returns(cube)} {self.comparator.spec.label}: N = {self.comparator.spec.base:,}."

    def cells(self, cube: Cube, population: Population) -> Cells:
        return {
            (f"{panel.id}.{rating}", column): cell
            for panel in self.spec.panels
            for agency, item in agencies_of(self.questionnaire.question(panel.question)).items()
            for column, line in self._figures(cube, panel, agency, item).items()
            for rating, cell in line.items()
        }

    def _figures(self, cube: Cube, panel: Panel, agency: str, item: Item) -> dict[str, dict[str, Cell]]:
        figures = {self._ours(agency): self._counted(cube, item)}
        if self.comparator is not None:
            figures[f"{agency}.{self.comparator.spec.id}"] = self._compared(self.comparator, panel, agency)
        return figures

    def _counted(self, cube: Cube, item: Item) -> dict[str, Cell]:
        options = {rating.id: options_of(rating, item) for rating in self.spec.rows}
        counts = {rating: counted_together(cube, item, together) for rating, together in options.items()}
        counts[NOT_SPECIFIED_ID] = not_specified(cube, item)
        return {rating: share(number, base=cube.total) for rating, number in counts.items()}

    def _compared(self, comparator: Comparator, panel: Panel, agency: str) -> dict[str, Cell]:
        """Where the survey rated the agency but did not print a figure it is not available, else not applicable."""
        rated = comparator.rated(table=self.spec.id, panel=panel.id, agency=agency)
        absent = Cell(base=comparator.spec.base, marker=NOT_AVAILABLE) if rated else Cell(marker=NOT_APPLICABLE)
        line = dict.fromkeys((rating for rating, _, _ in self._stub(panel)), absent)
        for rating in line:
            value = comparator.percents.get((self.spec.id, panel.id, agency, rating))
            if value is not None:
                line[rating] = Cell(base=comparator.spec.base, percent=value, marker=BREAK)
        return line

    @property
    def _agencies(self) -> dict[str, Item]:
        return agencies_of(self.questionnaire.question(self.spec.panels[0].question))

    def _ours(self, agency: str) -> str:
        return f"{agency}.{self.spec.survey.id}"

    def _pair(self, agency: str, label: str) -> Iterator[Column]:
        if self.comparator is not None:
            theirs = self.comparator.spec
            yield Column(f"{agency}.{theirs.id}", theirs.column, group=label, measures=("percent",))
        yield Column(self._ours(agency), self.spec.survey.label, group=label)

    def _stub(self, panel: Panel) -> Iterator[tuple[str, str, bool]]:
        item = next(iter(agencies_of(self.questionnaire.question(panel.question)).values()))
        for rating in self.spec.rows:
            yield rating.id, rating.label, all(one.kind == "dont_know" for one in options_of(rating, item))
        yield NOT_SPECIFIED_ID, NOT_SPECIFIED_LABEL, True


def agencies_of(question: Question) -> dict[str, Item]:
    """Return the items of a battery by what follows the question's code: `B1.health` is `health`."""
    return {item.code.removeprefix(f"{question.code}."): item for item in question.items}


def options_of(rating: Rating, item: Item) -> list[Option]:
    """Return the options of the item's scale that this rating counts together."""
    return [option for option in scale_of(item).options if option.code in rating.options]
