"""Service: the table of outcomes and response rates, as it was frozen with the data of a wave. Rule M4."""

from analysis.core.outcomes import Outcomes, outcomes_table
from analysis.core.plan import Plan
from analysis.core.table import Table
from analysis.milestones.models import FrozenExtract
from survey.models import Wave


def frozen_outcomes(wave: Wave, *, plan: Plan, digest: str = "", number: int | None = None) -> tuple[Table, ...]:
    """The table from the frozen data of this digest or number, or from those frozen last; nothing without any."""
    frozen = FrozenExtract.objects.filter(wave=wave).order_by("-number")
    frozen = frozen.filter(digest=digest) if digest else frozen
    frozen = frozen if number is None else frozen.filter(number=number)
    kept = frozen.values_list("response", flat=True).first()
    found = kept.get("outcomes") if kept else None
    return (outcomes_table(Outcomes(**found), source=plan.source),) if found else ()
