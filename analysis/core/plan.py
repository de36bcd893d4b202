"""An analysis plan that can be trusted: read, checked against its questionnaire, its reference files read with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.core.finding_checks import finding_faults
from analysis.core.layouts import Layout, lay_out
from analysis.core.plan_checks import table_faults
from analysis.core.plan_document import PlanDocument, ReportSpec, Spec
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
    questionnaire: Questionnaire
    comparators: Mapping[str, Comparator]
    published: Published | None
    report: ReportSpec | None
    recommendations: Mapping[int, str]

    def layout(self, spec: Spec) -> Layout:
        """Return the rows, columns and cells of one table."""
        return lay_out(spec, questionnaire=self.questionnaire, comparators=self.comparators)

    @property
    def every_spec(self) -> tuple[Spec, ...]:
        """Return the specs of all tables, those of a publication first."""
        return self.specs + self.further

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
        specs=document.tables,
        further=document.further,
        questionnaire=questionnaire,
        comparators=references.comparators,
        published=references.published,
        report=document.report,
        recommendations=document.recommendations,
    )
    if not faults:  # a table that cannot be laid out has no cells to look a figure up in
        layouts = {spec.id: plan.layout(spec) for spec in plan.specs}
        faults += [*misplaced(references, layouts=layouts), *finding_faults(plan.report, layouts=layouts)]
    problems = [*map(source.problem, faults), *references.problems]
    if problems:
        raise DocumentError(problems)
    return plan
