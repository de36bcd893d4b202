"""The other surveys whose figures stand beside a wave's tables: those of its plan, then those that were imported."""

from collections.abc import Iterable, Sequence

from analysis.comparators.models import Comparator
from analysis.comparators.weighing import lines_of
from analysis.core.beside import OtherSurvey, of_plan, stand_beside
from analysis.core.plan import Plan
from analysis.core.table import Table
from survey.models import Wave


def standing(wave: Wave) -> list[OtherSurvey]:
    """Those that were imported and not withdrawn, in the order of their import."""
    return [in_core(each) for each in Comparator.objects.filter(wave=wave, withdrawal=None).order_by("pk")]


def recorded(wave: Wave) -> list[list[str]]:
    """Which imported surveys stand beside the tables now: the name and the digest of each."""
    return [[each.name, each.digest] for each in Comparator.objects.filter(wave=wave, withdrawal=None).order_by("pk")]


def beside_recorded(tables: Iterable[Table], kept: Iterable[Sequence[str]], *, wave: Wave) -> tuple[Table, ...]:
    """The tables beside the surveys that were recorded before, whether or not they were withdrawn since.

    Raises LookupError where one of them is not what it was.
    """
    known = {(each.name, each.digest): each for each in Comparator.objects.filter(wave=wave)}
    wanted = [(name, digest) for name, digest in kept]
    if not known.keys() >= set(wanted):
        raise LookupError(f"Another survey beside the tables of {wave} is not what it was.")
    others = [in_core(known[each]) for each in wanted]
    return tuple(_beside(table, others) for table in tables)


def every_other(wave: Wave, *, plan: Plan) -> list[OtherSurvey]:
    """Those of the plan before those that were imported."""
    return [*(of_plan(each, specs=plan.specs) for each in plan.comparators.values()), *standing(wave)]


def beside_others(tables: Iterable[Table], *, wave: Wave) -> tuple[Table, ...]:
    """The tables, each with a column for every imported survey that has figures for it."""
    others = standing(wave)
    return tuple(_beside(table, others) for table in tables)


def in_core(imported: Comparator) -> OtherSurvey:
    """The survey with each figure at the place that it was given when it was imported."""
    figures = {line.number: line.figure for line in lines_of(imported)}
    return OtherSurvey(
        id=imported.name,
        label=imported.label,
        column=imported.column,
        who=imported.who,
        when=imported.asked_when,
        scale=", ".join(imported.scale),
        source=imported.source,
        comparability=imported.comparability,
        figures={(str(t), str(r), str(c)): figures[int(number)] for number, t, r, c in imported.places},
    )


def _beside(table: Table, others: Iterable[OtherSurvey]) -> Table:
    for other in others:
        table = stand_beside(table, other)
    return table
