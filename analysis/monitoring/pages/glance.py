"""The first screen: how many; who is missing; are they different from those who answered; what should I do next."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from analysis.monitoring.counts import Frame
from analysis.monitoring.figures import LEVELS, Figures
from analysis.monitoring.pages.answering import AnsweringPanel
from analysis.monitoring.pages.evenness import to_chase
from analysis.monitoring.pages.strata import STRATUM_TITLES, by_missing
from analysis.outputs.chance import p_named
from respondents.returns.models import ReturnState
from survey.counting import counted, listed
from survey.moments import moment_in_words

MISSING = "missing"


@dataclass(frozen=True)
class Tally:
    """A number of boards, in words, with the list of them."""

    name: str
    number: int
    address: str


@dataclass(frozen=True)
class Step:
    """One thing to do, and where."""

    words: str
    address: str
    link: str


@dataclass(frozen=True)
class Glance:
    """The four answers."""

    how_many: tuple[str, ...]
    loose: Step | None
    tallies: tuple[Tally, ...]
    missing: str
    verdicts: tuple[str, ...]
    forecast: str
    steps: tuple[Step, ...]


def glance(figures: Figures, answering: AnsweringPanel | None, *, may_settle: bool) -> Glance:
    """The four answers, from what was counted; who may settle whose a return is, is told where."""
    return Glance(
        how_many=tuple(_how_many(figures)),
        loose=_loose(figures, may_settle=may_settle),
        tallies=tuple(
            Tally(state.label, figures.frame.states[state], _list_of(figures, state=state.value))
            for state in ReturnState
            if figures.frame.states[state] or state in {ReturnState.NOT_STARTED, ReturnState.SUBMITTED}
        ),
        missing=_missing(figures),
        verdicts=_verdicts(figures),
        forecast=forecast_words(figures),
        steps=tuple(_steps(figures, answering))[:5],
    )


def _how_many(figures: Figures) -> "list[str]":
    frame, chairs = figures.frame, figures.chairs
    covered = sum(sent for *_, sent in figures.frame.authorities)
    authorities = counted(frame.authorities_by("region").total(), "authority", "authorities")
    people = f"; {chairs.answered:,} of the {chairs.known:,} known chairs answered" if chairs.known else ""
    words = [f"Those boards cover {covered:,} of {authorities}{people}."]
    if chairs.several:
        words.append(
            f"{counted(chairs.several, 'chair')} answered for more than one board. If a chair’s answers are all "
            f"alike, {chairs.boards:,} returns are worth {chairs.effective:.0f}."
        )
    if frame.not_eligible:
        words.append(_not_eligible(frame))
    if figures.wanting:
        words.append(
            f"The target is {figures.target}%, which is {figures.target_boards:,}: {figures.wanting:,} more are needed."
        )
    else:
        words.append(f"The target of {figures.target}% is reached.")
    return words


def _loose(figures: Figures, *, may_settle: bool) -> Step | None:
    """The returns that name no board, and where it is said whose they are."""
    if not figures.frame.unattributed:
        return None
    loose = counted(figures.frame.unattributed, "return names", "returns name")
    words = f"{loose} no board: counted in the total, in no board’s row."
    return Step(words, reverse("helping:loose", args=[figures.wave.slug]) if may_settle else "", "Say whose they are")


def _not_eligible(frame: Frame) -> str:
    out = counted(frame.not_eligible, "board of the frame is", "boards of the frame are")
    kept = f" What {frame.kept:,} of them sent is kept, and counted in no figure." if frame.kept else ""
    return f"{out} not eligible and in no figure here.{kept}"


def _missing(figures: Figures) -> str:
    worst = []
    for stratum in LEVELS:
        levels = by_missing(figures.levels(stratum)[:-1])
        worst += [f"{each.level} ({each.boards.missing:,} of {each.boards.eligible:,})" for each in levels[:2]]
    return f"Most are missing in {listed(worst)}." if worst else "Nobody is in the frame yet."


def _verdicts(figures: Figures) -> tuple[str, ...]:
    words = []
    for stratum, found in figures.evenness.items():
        group = STRATUM_TITLES[stratum].removeprefix("By ")
        if found:
            chance = "They differ" if found.differs else "They do not differ more than by chance"
            words.append(f"{chance} by {group} (X² = {found.statistic:.1f}, {p_named(found.p)}).")
    return tuple(words) or ("There is nothing to compare until some have answered and some have not.",)


def forecast_words(figures: Figures) -> str:
    """The forecast with its method, or why there is none."""
    found = figures.forecast
    if found is None:
        return _no_forecast(figures)
    eligible = figures.frame.eligible
    way = (
        "each silent board goes on answering as readily as in the last seven days"
        if found.method == "pace"
        else "as large a share of the silent answers as did from this day on in the wave before"
    )
    return (
        f"Forecast for the close: {found.expected:,} of {eligible:,} boards, and nine times in ten between "
        f"{found.low:,} and {found.high:,}, if {way}. Reminders still to come are not reckoned in."
    )


def _no_forecast(figures: Figures) -> str:
    if not figures.wave.is_open_at(figures.now):
        return ""
    if not figures.days.left:
        return "The survey closes today, so nothing is forecast."
    return "No forecast yet: it takes five days of fieldwork and five returns."


def _steps(figures: Figures, answering: AnsweringPanel | None) -> "list[Step]":
    states = figures.frame.states
    if figures.wave.is_draft or figures.now < figures.wave.opens_at:
        return [Step(f"Wait for the opening on {moment_in_words(figures.wave.opens_at)}.", "", "")]
    steps = []
    if waiting := states[ReturnState.WAITING]:
        words = f"Ask the signers of {counted(waiting, 'return')} to sign: the answers are there."
        steps.append(Step(words, _list_of(figures, state=ReturnState.WAITING.value), "See who signs"))
    steps += [step for stratum in LEVELS for step in _chasing(figures, stratum)][:3]
    if started := states[ReturnState.IN_PROGRESS]:
        words = f"Ask {counted(started, 'board')} that have begun whether anything stands in the way."
        steps.append(Step(words, _list_of(figures, state=ReturnState.IN_PROGRESS.value), "See which"))
    if silent := states[ReturnState.NOT_STARTED]:
        words = f"Remind the {counted(silent, 'board')} that have not begun."
        steps.append(Step(words, _list_of(figures, state=ReturnState.NOT_STARTED.value), "See which"))
    if answering and answering.flagged:
        words = f"Look at {counted(len(answering.flagged), 'question')} that too few answer."
        steps.append(Step(words, "#answering", "See which"))
    return steps or [Step("Nobody is left to chase.", "", "")]


def _chasing(figures: Figures, stratum: str) -> "list[Step]":
    levels = {level.level: level.boards for level in figures.levels(stratum)}
    return [
        Step(
            f"Chase {name} first: {levels[name].missing:,} of {levels[name].eligible:,} boards are missing.",
            _list_of(figures, state=MISSING, **{stratum: name}),
            "See which",
        )
        for name in to_chase(figures, stratum)
        if levels[name].missing
    ]


def _list_of(figures: Figures, **wanted: str) -> str:
    return f"{reverse('monitoring:wave', args=[figures.wave.slug])}?{urlencode(wanted)}#boards"
