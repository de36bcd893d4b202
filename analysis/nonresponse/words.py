"""What is known of the silent, in sentences: the same on the page, in files and in the report."""

from analysis.core.findings import spelled
from analysis.core.item_response import FLAG_BELOW, ItemResponse
from analysis.core.lateness import Lateness
from analysis.core.representativeness import NOTABLE_P, NOTABLE_RESIDUAL, Representativeness
from analysis.core.weighting_choice import Assessment, Scheme
from analysis.monitoring.pages.strata import STRATUM_TITLES
from analysis.nonresponse.reading import LateGroups, Silence, Weighing
from analysis.nonresponse.splitting import Split
from analysis.outputs.chance import p_named
from survey.counting import counted, listed
from survey.moments import moment_in_words

MANY = 6


def group_of(stratum: str) -> str:
    """“authority type”, “region”."""
    return STRATUM_TITLES[stratum].removeprefix("By ")


def items_words(items: tuple[ItemResponse, ...]) -> str:
    """How many items too few answered, the first of them by name."""
    low = [item for item in items if item.is_low]
    if not any(item.asked for item in items):
        return "Nothing has been submitted yet."
    if not low:
        return f"Every one of {counted(len(items), 'item')} was answered by at least {FLAG_BELOW}% of those asked."
    named = [f"{item.code}, “{item.label}” ({item.percent}%)" for item in low[:MANY]]
    others = f" and {counted(len(low) - MANY, 'other')}" if len(low) > MANY else ""
    told = ", ".join(named) + others if others else listed(named)
    few = f"{_was(len(low))} answered by fewer than {FLAG_BELOW}% of those asked"
    return f"{spelled(len(low))} of {counted(len(items), 'item')} {few}: {told}."


def split_words(split: Split | None) -> str:
    """Who counts as late, and by which rule."""
    if split is None:
        return "All returns carry one moment, or there are too few, so that none is earlier than the others."
    after = moment_in_words(split.after)
    rule = (
        f"after the first reminder went out, {after}"
        if split.is_reminder
        else f"after {after}: the last third, since no reminder lies between the returns"
    )
    late, were = f"{spelled(split.late)} {'return' if split.late == 1 else 'returns'}", _was(split.late)
    return (
        f"{late} {were} late, first sent {rule}. The other {split.early:,} {_was(split.early)} early. Those who had to "
        "be asked again are often held to be more like those who never answered."
    )


def groups_words(groups: LateGroups, *, unit: str) -> str:
    """Whether the late differ from the early by this stratum."""
    found, group = groups.compared, group_of(groups.stratum)
    if found is None:
        return f"By {group} there is nothing to compare."
    differ = "differ" if found.p < NOTABLE_P else "do not differ more than chance would have it"
    way = "exact" if found.is_exact else "from 100,000 seeded random draws"
    return (
        f"The {unit} that answered late {differ} from those that answered early by {group} "
        f"(X² = {found.statistic:.1f}, {p_named(found.p)}, {way}).{_standing_out(groups, found)}"
    )


def _standing_out(groups: LateGroups, found: Representativeness) -> str:
    """The groups that answered late more or less often than the others, taken by themselves."""
    placed = list(zip(groups.levels, found.residuals, strict=True))
    more = [level for level, residual in placed if residual > NOTABLE_RESIDUAL]
    fewer = [level for level, residual in placed if residual < -NOTABLE_RESIDUAL]
    told = (f" More of them were late than expected in {listed(more)}." if more else "",
            f" Fewer were late than expected in {listed(fewer)}." if fewer else "")  # fmt: skip
    return "".join(told)


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def lateness_words(lateness: tuple[Lateness, ...]) -> str:
    """How many headlines the late answered otherwise."""
    tested = [each.p for each in lateness if each.p is not None]
    if not tested:
        return "There are too few on one side to compare what they answered: it takes ten early and ten late."
    clear = sum(p < NOTABLE_P for p in tested)
    headlines, differ = counted(len(tested), "headline"), "differs" if clear == 1 else "differ"
    told = f"{spelled(clear)} of {headlines} clearly {differ}" if clear else "No headline clearly differs"
    return (
        f"{told} between early and late (each tested exactly; Holm’s adjustment for a family of "
        f"{len(tested):,}). That none differs clearly would not show that the silent think alike."
    )


def scheme_words(scheme: Scheme) -> str:
    """“Post-stratification by region”."""
    groups = listed([group_of(margin) for margin in scheme.margins])
    return f"Post-stratification by {groups}" if scheme.method == "post_stratification" else f"Raking over {groups}"


def weighing_words(weighing: Weighing) -> str:
    """Whether figures may be weighted so, what it costs, or why not."""
    return assessment_words(weighing.assessment)


def assessment_words(assessment: Assessment) -> str:
    """The same of a way alone."""
    refused = f"Refused. {' '.join(assessment.reasons)}"
    return f"Allowed. {cost_words(assessment)}" if assessment.is_allowed else refused


def cost_words(assessment: Assessment) -> str:
    """The weights, what they cost, and which returns have none."""
    if assessment.cost is None:
        return ""
    cost, left_out = assessment.cost, assessment.left_out
    loose = counted(left_out, "return that does", "returns that do")
    without = f" Left out: {loose} not say where {'it belongs' if left_out == 1 else 'they belong'}."
    return (
        f"Weights from {min(cost.weights):.2f} to {max(cost.weights):.2f}; design effect "
        f"{cost.design_effect:.2f}; effective sample size {cost.effective_size:.1f} of {sum(cost.returns):,} returns."
        f"{without if left_out else ''}"
    )


def asked_words(silence: Silence) -> str:
    """What the plan asks for, and what comes of it."""
    asked = next((each for each in silence.weighings if each.is_asked), None)
    if asked is None:
        return "The analysis plan asks for no weights, so every figure is unweighted."
    way = scheme_words(asked.assessment.scheme)
    asks = f"The analysis plan asks for weights: {way[0].lower()}{way[1:]}."
    if asked.assessment.is_allowed:
        return f"{asks} Both figures are printed for each finding."
    why = " ".join(asked.assessment.reasons)
    return f"{asks} These returns do not bear them, so every figure is unweighted. {why}"
