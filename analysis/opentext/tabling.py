"""Service: the tables of a plan that are made of codes, once both coders are done."""

from collections.abc import Iterator

from analysis.core.coded import Coded, CodedBases, CodedRow
from analysis.core.plan import Plan
from analysis.core.plan_document import CodedSpec
from analysis.core.table import Table
from analysis.opentext.models import CoderDone
from analysis.opentext.reckoning import Reckoning
from analysis.opentext.work import work_on
from respondents.contacts.eligibility import eligible_returns
from survey.models import Wave


def coded_tables(wave: Wave, plan: Plan) -> Iterator[Table]:
    """Each table of codes that has some board to count."""
    return (each.table(source=plan.source) for each in coded_counts(wave, plan))


def coded_counts(wave: Wave, plan: Plan) -> Iterator[Coded]:
    """What stands in these tables, before it is one."""
    for spec in _begun(wave, plan):
        work = work_on(wave, spec.item, texts=False)
        if not work.is_open_to_all:
            continue
        reckoning = Reckoning(work)
        rows = tuple(
            CodedRow(each.code.key, each.code.name, each.boards, each.publication) for each in reckoning.counts
        )
        if any(row.boards for row in rows):
            bases = CodedBases(
                answered=len(work.answers),
                submitted=wave.returns.submitted().count(),
                boards=eligible_returns(wave).count(),
                unsettled=reckoning.unsettled,
            )
            yield Coded(spec, rows, bases)


def _begun(wave: Wave, plan: Plan) -> list[CodedSpec]:
    """Those of whose item some coder is done: the answers of the others need not be read."""
    if not plan.coded:
        return []
    done = set(CoderDone.objects.filter(wave=wave).values_list("item", flat=True))
    return [spec for spec in plan.coded if spec.item in done]
