"""Whether those who answered are like all: Pearson's X², residuals, R-indicator and worst bias, in words (M22, M23)."""

from dataclasses import dataclass

from analysis.core.representativeness import NOTABLE_RESIDUAL, Representativeness
from analysis.core.response import LevelResponse
from analysis.monitoring.figures import LEVELS, Figures
from analysis.monitoring.pages.strata import STRATUM_TITLES
from analysis.outputs.chance import p_named
from survey.counting import listed


@dataclass(frozen=True)
class Residual:
    """One level: what came, what was to be expected, and how far off that is."""

    level: str
    returns: int
    eligible: int
    rate: int | None
    share: int | None
    expected: str
    residual: str
    words: str


@dataclass(frozen=True)
class EvennessPanel:
    """One stratum: the verdict, the test behind it, and the levels."""

    id: str
    title: str
    verdict: str
    differs: bool
    test: str
    indicator: str
    chase: str
    rows: tuple[Residual, ...]


def evenness_panels(figures: Figures) -> tuple[EvennessPanel, ...]:
    """A panel for each stratum with something to compare."""
    return tuple(
        _panel(figures, stratum, found) for stratum in LEVELS if (found := figures.evenness[stratum]) is not None
    )


def to_chase(figures: Figures, stratum: str) -> list[str]:
    """The levels in which fewer answered than chance would have it, the worst first."""
    residuals = figures.residuals(stratum)
    return sorted(
        (level for level in residuals if residuals[level] < -NOTABLE_RESIDUAL), key=lambda each: residuals[each]
    )


def _panel(figures: Figures, stratum: str, found: Representativeness) -> EvennessPanel:
    group = STRATUM_TITLES[stratum].removeprefix("By ")
    chase = to_chase(figures, stratum)
    return EvennessPanel(
        id=f"evenness-{stratum}",
        title=STRATUM_TITLES[stratum],
        verdict=f"The boards that answered {_differ(found)} from all boards by {group}.",
        differs=found.differs,
        test=_test(found),
        indicator=_indicator(found),
        chase=f"Chase {listed(chase)} first." if chase else "No group stands out as one to chase first.",
        rows=_rows(figures, stratum),
    )


def _differ(found: Representativeness) -> str:
    return "differ" if found.differs else "do not differ more than chance would have it"


def _test(found: Representativeness) -> str:
    way = "exact" if found.is_exact else "from 100,000 seeded random draws"
    return (
        f"X² = {found.statistic:.2f} with {found.degrees} degrees of freedom; {p_named(found.p)}, {way}. That is how "
        "often answering at random would give groups at least as uneven as these."
    )


def _indicator(found: Representativeness) -> str:
    each = found.indicator
    inside = "inside" if each.low <= each.r <= each.high else "outside"
    return (
        f"The R-indicator is {each.r:.2f} (1 is perfectly even; adjusted for small groups {each.adjusted:.2f}). Random "
        f"answering of so many would give {each.low:.2f} to {each.high:.2f} nine times in ten, so it lies {inside} "
        f"that range. At worst these groups’ rates shift a percentage by {100 * each.worst_bias:.1f} points."
    )


def _rows(figures: Figures, stratum: str) -> tuple[Residual, ...]:
    residuals = figures.residuals(stratum)
    levels = {level.level: level for level in figures.levels(stratum)}
    total = sum(levels[name].returns for name in residuals)
    everyone = sum(levels[name].boards.eligible for name in residuals)
    ordered = sorted((name for name in residuals if levels[name].boards.eligible), key=lambda each: residuals[each])
    return tuple(_row(levels[name], residuals[name], rate=total / everyone) for name in ordered)


def _row(level: LevelResponse, residual: float, *, rate: float) -> Residual:
    words = "As expected"
    if residual < -NOTABLE_RESIDUAL:
        words = "Fewer than expected"
    elif residual > NOTABLE_RESIDUAL:
        words = "More than expected"
    return Residual(
        level=level.level,
        returns=level.returns,
        eligible=level.boards.eligible,
        rate=level.boards.percent,
        share=level.share,
        expected=f"{rate * level.boards.eligible:.1f}",
        residual=f"{residual:+.2f}".replace("-", "−"),
        words=words,
    )
