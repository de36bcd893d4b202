"""Service: the tables of a plan that are made of codes, once both coders are done."""

from collections.abc import Callable, Iterator
from datetime import datetime

from analysis.core.coded import Coded, CodedBases, CodedRow
from analysis.core.national import Response
from analysis.core.plan import Plan
from analysis.core.plan_document import CodedSpec
from analysis.core.table import Table
from analysis.opentext.models import CoderDone
from analysis.opentext.reckoning import Reckoning
from analysis.opentext.work import works_on
from respondents.contacts.eligibility import counted_returns, eligible_returns
from survey.models import Wave


def coded_tables(wave: Wave, plan: Plan, *, response: Response) -> Iterator[Table]:
    """Each table of codes that has some board to count; `response` is how many boards sent a return, of how many."""
    return (each.table(source=plan.source) for each in coded_counts(wave, plan, response=lambda: response))


def coded_counts(wave: Wave, plan: Plan, *, response: Callable[[], Response]) -> Iterator[Coded]:
    """What stands in these tables, before it is one; the response is asked for once there is something to count."""
    begun = _begun(wave, plan)
    works = works_on(wave, sorted({spec.item for spec in begun}))
    for spec in begun:
        work = works[spec.item]
        if not work.is_open_to_all:
            continue
        reckoning = Reckoning(work)
        rows = tuple(
            CodedRow(each.code.key, each.code.name, each.boards, each.publication) for each in reckoning.counts
        )
        if any(row.boards for row in rows):
            sent = response()
            bases = CodedBases(
                answered=len(work.answers),
                submitted=sent.returns,
                boards=sent.boards,
                unsettled=reckoning.unsettled,
            )
            yield Coded(spec, rows, bases)


def response_now(wave: Wave, *, now: datetime) -> Response:
    """How many boards sent a return that counts, of how many."""
    return Response(counted_returns(wave).count(), eligible_returns(wave, now=now).count())


def _begun(wave: Wave, plan: Plan) -> list[CodedSpec]:
    """Those of whose item some coder is done: the answers of the others need not be read."""
    if not plan.coded:
        return []
    done = set(CoderDone.objects.filter(wave=wave).values_list("item", flat=True))
    return [spec for spec in plan.coded if spec.item in done]
