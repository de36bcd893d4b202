"""The page of results: a line for each experiment, and what was not run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bench.faults.registry import Experiment, Outcome


@dataclass(frozen=True)
class Line:
    """An experiment and what came out; nothing came out of one that was not run, and `why` says why."""

    experiment: Experiment
    outcome: Outcome | None
    seconds: float = 0.0
    why: str = ""


def write_page(lines: Sequence[Line], *, size: str, seed: int, began: datetime) -> str:
    """The whole page as Markdown."""
    ran = [line for line in lines if line.outcome]
    faults = sum(line.outcome.faults for line in ran if line.outcome)
    counted = sum(line.outcome.acknowledged for line in ran if line.outcome)
    passed = sum(line.outcome.passed for line in ran if line.outcome)
    head = (
        f"`python -m bench.faults --size {size} --seed {seed}`, {began:%-d %B %Y, %H:%M} UTC: {passed} of {len(ran)} "
        f"experiments passed, {faults:,} faults, {counted:,} saves and submissions acknowledged."
    )
    table = ["| id | what is done | seed | figure | goal | took | result |", "|---|---|---|---|---|---|---|"]
    table += [_row(line, seed) for line in ran]
    left = [f"- **{line.experiment.id}** {line.experiment.does}: {line.why}." for line in lines if not line.outcome]
    return "\n".join([head, "", *table, "", *(["Not run:", "", *left] if left else []), ""])


def _row(line: Line, seed: int) -> str:
    assert line.outcome
    each, outcome = line.experiment, line.outcome
    figure = outcome.figure + "".join(f"<br>{problem}" for problem in outcome.problems)
    cells = (
        each.id,
        each.does,
        str(seed),
        figure,
        each.goal,
        f"{line.seconds:.0f} s",
        "pass" if outcome.passed else "**fail**",
    )
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
