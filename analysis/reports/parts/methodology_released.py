"""The parts of the methodology report that the public may have: of groups only what the release itself shows.

Whatever is counted by type of authority or region comes from the protected tables, or is withheld, [c]. Distributions
over few returns are withheld as national tables over few returns are. The parts are reckoned once, when a release is
prepared, and kept with it (`analysis.disclosing.accounting`): what is recorded later is not of that release.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from analysis.core.cube import Cube
from analysis.core.disclosure import SMALLEST_NATIONAL_BASE
from analysis.core.document.blocks import Block
from analysis.core.item_response import item_responses
from analysis.core.plan import Plan
from analysis.core.plan_document import ResponseRateSpec
from analysis.core.protecting import is_withheld
from analysis.core.table import CONFIDENTIAL, Table
from analysis.core.weighting_choice import Levels, Scheme, assess
from analysis.disclosing.material import Material
from analysis.monitoring.figures import figures_of
from analysis.monitoring.going import how_it_went
from analysis.nonresponse.reading import SCHEMES
from analysis.nonresponse.words import assessment_words, scheme_words
from analysis.opentext.reckoning import Reckoning
from analysis.opentext.work import work_on
from analysis.reports.parts.making import Parts, facts, listed, said
from analysis.reports.parts.methodology import agreement, common_parts, item_response
from survey.models import Wave
from survey.moments import moment_in_words

UNTOLD = (
    f"Whether the returns bear it, and what it would cost, is withheld, {CONFIDENTIAL}: it would tell how many boards "
    "of some groups answered."
)
FEW = f"Items that were asked of fewer than {SMALLEST_NATIONAL_BASE} boards are left out, {CONFIDENTIAL}: {{}}."
AS_OF = "All of this is told as it was on {}, when the release was prepared."
GOING = "going"


def reckoned_parts(found: Material, tables: Iterable[Table], *, smallest: int, now: datetime) -> Parts:
    """Every part by name; how even the response was is told from the tables, under non-response."""
    figures = figures_of(found.wave, now=now)
    went = facts(GOING, "How it went", ("What", "As far as it may be told"), how_it_went(figures), words=(1,))
    common = common_parts(found.wave, figures, smallest=smallest)
    return {
        **common,
        "fieldwork": (*common["fieldwork"], *said(AS_OF.format(moment_in_words(now)))),
        "representativeness": (),
        "time": (),
        "answering": tuple(went),
        "item-response": tuple(_items(found)),
        "weighting": tuple(_weighting(found, shown_strata(found.plan, tables))),
        "coding": tuple(_coding(found)),
    }


def shown_strata(plan: Plan, tables: Iterable[Table]) -> frozenset[str]:
    """The strata of which a response table stands in the release with nothing withheld."""
    whole = {table.id for table in tables if not any(is_withheld(cell) for cell in table.cells.values())}
    specs = (spec for spec in plan.every_spec if isinstance(spec, ResponseRateSpec))
    return frozenset(spec.stratum for spec in specs if spec.id in whole)


def _items(found: Material) -> Iterator[Block]:
    every = item_responses(found.cube, questionnaire=found.answers.questionnaire)
    told = tuple(item for item in every if item.asked >= SMALLEST_NATIONAL_BASE)
    yield from item_response(told)
    if few := len(every) - len(told):
        yield from said(FEW.format(f"{few:,} of {len(every):,}"))


def _weighting(found: Material, shown: frozenset[str]) -> Iterator[Block]:
    spec = found.plan.weighting
    asked = Scheme(spec.method, spec.margins) if spec else None
    way = f"The analysis plan asks for weights: {scheme_words(asked)}." if asked else "The plan asks for no weights."
    yield from said(f"{way} Every figure of this release is unweighted.")
    boards = found.eligible.population.boards
    yield from listed(_scheme(scheme, found.cube, boards, shown) for scheme in SCHEMES)


def _scheme(scheme: Scheme, cube: Cube, boards: Levels, shown: frozenset[str]) -> str:
    """Raking rests on how many answered in each group of one stratum within the other, which no table shows."""
    may_be_told = len(scheme.margins) == 1 and shown.issuperset(scheme.margins)
    words = assessment_words(assess(cube, scheme=scheme, boards=boards)) if may_be_told else UNTOLD
    return f"{scheme_words(scheme)}: {words}"


def _coding(found: Material) -> Iterator[Block]:
    """Agreement alone: how many boards a code is on stands in its table, as far as it may."""
    for each in found.coded:
        yield from _coded(found.wave, each.spec.id, each.spec.item, each.spec.short or each.spec.title)


def _coded(wave: Wave, id_: str, item: str, title: str) -> Iterator[Block]:
    counts = Reckoning(work_on(wave, item, texts=False)).counts
    rows = ((each.code.name, agreement(each)[1], len(each.pairs)) for each in counts)
    heads = ("Code", "Krippendorff’s alpha", "Coded twice")
    yield from facts(f"coding-{id_}", f"Agreement of two coders: {title}", heads, rows)
