"""Every ring is rung three times, with two workers listening: each effect once."""

from accounts.outbox.doorbell import ring as ring_outbox
from accounts.outbox.models import Message
from analysis.builds import doorbell as builds
from bench.faults.lab import Lab, letters_twice
from bench.faults.registry import Outcome, experiment
from bench.faults.works import all_sent, as_it_is, ask_for, is_over, remind, submitted
from respondents.contacts import doorbell as mailings
from tests.faults.chairs import wait_for
from tests.faults.house import House, worker


@experiment(
    "A13",
    does="every task delivered three times to two workers at once: a reminder run, its letters, a build",
    holds="each effect once: claimed by compare-and-set under a lease",
    goal="0 letters twice, 1 attempt for each row",
    amounts={"nightly": 3, "release": 20},
    limit=900,
)
def run(lab: Lab) -> Outcome:
    """One run of each kind in each round."""
    problems = list[str]()
    with lab.house("web", "worker") as house:
        _second_worker(house)
        submitted(lab, house, 1)
        for _ in range(lab.rounds):
            problems += _round(len(lab.people) - 1)
        problems += lab.settled()[0]
        twice, letters = letters_twice(house), len(house.office.letters)
        tries = Message.objects.filter(attempts__gt=1).count()
    problems += [f"{twice} letters twice"] if twice else []
    problems += [f"{tries} letters were begun more than once"] if tries else []
    figure = f"{letters} letters and {lab.rounds} reports, each rung for three times; {twice} twice"
    return lab.outcome(figure, faults=3 * letters, problems=problems)


def _second_worker(house: House) -> None:
    second = worker(house)
    second.name, second.log = "second", house.folder / "second.log"
    second.command = [*second.command, "--hostname", "second@%h"]
    house.add(second)


def _round(expected: int) -> list[str]:
    build, run = ask_for("report_word"), remind()
    for _ in range(3):
        mailings.ring([run.pk])
        builds.ring(build.pk)
        ring_outbox(Message.objects.filter(state="queued"))
    sent = wait_for(lambda: all_sent(run, expected), seconds=120)
    ended = wait_for(lambda: is_over(build), seconds=180)
    found = as_it_is(build)
    problems = [] if sent is not None else ["reminders are missing"]
    problems += [] if ended is not None and found.state == "done" else ["the report was not built"]
    return problems + ([f"the report was begun {found.attempts} times"] if found.attempts != 1 else [])
