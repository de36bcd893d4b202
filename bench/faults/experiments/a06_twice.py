"""Submit is pressed twice, and twenty times at once: one submission, one reference, one letter."""

from bench.faults.lab import Lab
from bench.faults.loads import all_at_once
from bench.faults.registry import Outcome, experiment
from tests.faults.chairs import Chair

AT_ONCE = 20


@experiment(
    "A6",
    does="twenty submits of one version at once, then twenty of twenty versions, by one person in twenty windows",
    holds="one submission, one reference, one letter; the others get the same receipt, or hear that answers changed",
    goal="one reference each, 0 other rows",
    amounts={"small": 1, "nightly": 10, "release": 50},
)
def run(lab: Lab) -> Outcome:
    """One chair for each round."""
    from respondents.returns.models import Submission

    problems = list[str]()
    with lab.house() as house:
        for number in range(lab.rounds):
            windows = [lab.chairs(house, 1, first=number)[0] for _ in range(AT_ONCE)]
            problems += _same_version(windows)
            problems += _other_versions(windows)
        wrong, _ = lab.settled()
        made, letters = Submission.objects.count(), len(house.office.letters)
    wanted = 2 * lab.rounds
    problems += [f"{made} submissions instead of {wanted}"] if made != wanted else []
    problems += [f"{letters} letters instead of {wanted}"] if letters != wanted else []
    figure = f"{2 * AT_ONCE * lab.rounds} submits at once, {made} submissions, {letters} letters"
    return lab.outcome(figure, faults=wanted, problems=[*wrong, *problems])


def _same_version(windows: list[Chair]) -> list[str]:
    assert windows[0].save(tries=5)
    for each in windows:
        each.version = windows[0].version
    references = {reference for reference in all_at_once(windows, Chair.submit) if reference}
    return [] if len(references) == 1 else [f"{len(references)} references for one version"]


def _other_versions(windows: list[Chair]) -> list[str]:
    assert windows[0].save(tries=5)
    for number, each in enumerate(windows):
        each.version = windows[0].version + number
    all_at_once(windows, Chair.submit)
    ends = sorted(each.replies[-1].status for each in windows)
    return [] if ends.count(409) == AT_ONCE - 1 else [f"answers {ends} to versions that are none"]
