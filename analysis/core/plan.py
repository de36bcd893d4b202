"""An analysis plan that can be trusted: read, checked against its questionnaire, its reference files read with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.core.cross_counts import FRAME, pairs_of
from analysis.core.finding_checks import finding_faults
from analysis.core.layouts import Layout, lay_out
from analysis.core.plan_checks import table_faults
from analysis.core.plan_document import (
    BreakdownSpec,
    CodedSpec,
    CrossSpec,
    PlanDocument,
    ResponseRateSpec,
    Spec,
    StratumRow,
    TableSpec,
    Theme,
    WeightingSpec,
)
from analysis.core.reference_checks import misplaced, read_references
from analysis.core.references import Comparator, Published
from survey.schema.document import Questionnaire
from survey.schema.source import DocumentError, read_yaml, validate


@dataclass(frozen=True)
class Plan:
    """The tables of a plan in order, with everything needed to lay them out."""

    title: str
    unit: str
    source: str
    specs: tuple[Spec, ...]
    further: tuple[Spec, ...]
    coded: tuple[CodedSpec, ...]
    breakdowns: tuple[BreakdownSpec, ...]
    questionnaire: Questionnaire
    comparators: Mapping[str, Comparator]
    published: Published | None
    findings: tuple[Theme, ...]
    weighting: WeightingSpec | None
    recommendations: Mapping[int, str]

    def layout(self, spec: Spec) -> Layout:
        """Return the rows, columns and cells of one table."""
        return lay_out(spec, questionnaire=self.questionnaire, comparators=self.comparators)

    @property
    def every_spec(self) -> tuple[Spec, ...]:
        """Return the specs of all tables, those of a publication first."""
        return self.specs + self.further

    @property
    def every_table(self) -> tuple[TableSpec, ...]:
        """Return what every table says of itself, those made of codes last."""
        return (*self.every_spec, *self.coded)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return the pairs of items that must be counted together before the tables can be made."""
        return pairs_of(self.every_spec, self.questionnaire)

    def levels(self, stratum: str) -> tuple[StratumRow, ...]:
        """Return the levels of a stratum in the order of the response table that has them; none without one."""
        return levels_in(self.every_spec, stratum)

    @property
    def advice(self) -> tuple[str, ...]:
        """What the author should know about the reference figures, though the plan can be used."""
        return tuple(line for comparator in self.comparators.values() for line in comparator.overfull)


def load_plan(text: str, *, questionnaire: Questionnaire, files: Mapping[str, str]) -> Plan:
    """Return the plan, or DocumentError with every problem in it and in the reference files it names."""
    source = read_yaml(text)
    document = validate(PlanDocument, source)
    references = read_references(document, files=files)
    faults = [*table_faults(document, questionnaire=questionnaire), *references.faults]
    plan = Plan(
        title=document.title,
        unit=document.unit,
        source=document.source,
        specs=_with_levels(document.tables, document),
        further=_with_levels(document.further, document),
        coded=document.coded,
        breakdowns=document.breakdowns,
        questionnaire=questionnaire,
        comparators=references.comparators,
        published=references.published,
        findings=document.findings,
        weighting=document.weighting,
        recommendations=document.recommendations,
    )
    if not faults:  # a table that cannot be laid out has no cells to look a figure up in
        layouts = {spec.id: plan.layout(spec) for spec in plan.specs}
        faults += [*misplaced(references, layouts=layouts), *finding_faults(plan.findings, layouts=layouts)]
    problems = [*map(source.problem, faults), *references.problems]
    if problems:
        raise DocumentError(problems)
    return plan


def levels_in(specs: Iterable[Spec], stratum: str) -> tuple[StratumRow, ...]:
    """Return the rows of the response table of this stratum."""
    tables = (spec for spec in specs if isinstance(spec, ResponseRateSpec) and spec.stratum == stratum)
    return next((spec.rows for spec in tables), ())


def _with_levels(specs: Iterable[Spec], document: PlanDocument) -> tuple[Spec, ...]:
    """A cross-table by a variable of the frame that names no levels has those of the response table."""
    every = (*document.tables, *document.further)
    return tuple(
        spec.model_copy(update={"rows": levels_in(every, spec.by)})
        if isinstance(spec, CrossSpec) and spec.by in FRAME and not spec.rows
        else spec
        for spec in specs
    )
