"""Service: the tables of a plan that are made of codes, once both coders are done."""

from collections.abc import Callable, Iterator
from datetime import datetime

from analysis.core.coded import Coded, CodedBases, CodedRow
from analysis.core.national import Response
from analysis.core.plan import Plan
from analysis.core.table import Table
from analysis.opentext.reckoning import Reckoning
from analysis.opentext.work import works_begun
from respondents.contacts.eligibility import counted_returns, eligible_returns
from survey.models import Wave


def coded_tables(wave: Wave, plan: Plan, *, response: Response) -> Iterator[Table]:
    """Each table of codes that has some board to count; `response` is how many boards sent a return, of how many."""
    return (each.table(source=plan.source) for each in coded_counts(wave, plan, response=lambda: response))


def coded_counts(
    wave: Wave, plan: Plan, *, response: Callable[[], Response], by: datetime | None = None
) -> Iterator[Coded]:
    """What stands in these tables, before it is one; the response is asked for once there is something to count.

    With a moment they are counted over the answers that counted then, by the codes that they have now.
    """
    works = works_begun(wave, {spec.item for spec in plan.coded}, by=by) if plan.coded else {}
    for spec in plan.coded:
        work = works.get(spec.item)
        if work is None or not work.is_open_to_all:
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
                twice=reckoning.twice,
                once=reckoning.once,
            )
            yield Coded(spec, rows, bases)


def response_now(wave: Wave, *, now: datetime) -> Response:
    """How many boards sent a return that counts, of how many."""
    return Response(counted_returns(wave).count(), eligible_returns(wave, now=now).count())
