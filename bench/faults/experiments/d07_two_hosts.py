"""Two hosts of web and two of workers, with one proxy, one database and one Redis: they come and go under load."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from bench.faults.estate import WORKS, Estate, estate
from bench.faults.lab import Lab, letters_twice
from bench.faults.losing import all_gone, goes_on, holder_of, not_once, under_way
from bench.faults.moments import Moment, figures, moment, passers, problems_of, share_out
from bench.faults.registry import Outcome, experiment
from bench.faults.signing import carried_over
from bench.faults.works import as_it_is, ask_for, is_over, not_whole, remind, submitted
from respondents.register.models import Appointment
from tests.faults.chairs import Crowd, wait_for

SENDERS, SAVERS = 3, 12
LETTERS = 148 - SENDERS - SAVERS  # at least; who saves may have submitted
CALM, AWAY, BACK = 4.0, 12.0, 12.0  # seconds as it is, without a host, and after it is there again
RESUMED, ALL_GONE = 60.0, 90.0
IN_USE = 50  # packets that a host hears in that time if it is asked at all


@dataclass
class Seen:
    """What has been noted so far."""

    moments: list[Moment] = field(default_factory=list)
    resumed: list[float] = field(default_factory=list)
    gone: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@experiment(
    "D7",
    does="two hosts of web and two of workers: one of each is cut off or killed and comes back, another of web is "
    "added and taken out, while people save and submit, letters go and a report is built",
    holds="who is signed in at one host is so at the other; nobody notices what was planned; work goes on, once",
    goal="0 violations; 0 failed but what was under way on a host that was lost; work goes on ≤ 60 s",
    amounts={"small": 1, "nightly": 4, "release": 20},
    limit=3600,
)
def run(lab: Lab) -> Outcome:
    """In each round a host of workers is lost, cut off or killed by turns, and meanwhile one of web both ways."""
    seen = Seen()
    with estate(lab) as house:
        front = house.houses["front"]
        seen.problems += carried_over(house, Appointment.objects.order_by("pk")[0].person.email)
        submitted(lab, front, SENDERS)
        chairs = passers(lab.chairs(front, SAVERS, first=SENDERS))
        with Crowd(chairs, pause=0.3, submits=0.02) as crowd:
            with moment(seen.moments, "as it is"):
                time.sleep(CALM)
            for number in range(lab.rounds):
                _lose_work(lab, house, seen, number)
        wrong, _ = lab.settled()
        ended = house.end(next(name for name in WORKS if name != seen.lost[-1]), "worker")
        twice, letters = letters_twice(front), len(house.office.letters)
    share_out(seen.moments, [reply for chair in chairs for reply in chair.met])
    seen.problems += [*wrong, *crowd.errors]
    seen.problems += [told for each in seen.moments for told in problems_of(each, people=SAVERS)]
    seen.problems += [f"a worker that was told to end ended with {ended}"] if ended else []
    seen.problems += [f"{twice} letters twice"] if twice > lab.rounds else []
    return lab.outcome(
        f"{figures(seen.moments)}; a lost build went on after at most {max(seen.resumed):.0f} s, all letters "
        f"had gone after {max(seen.gone):.0f} s, {twice} of {letters} twice",
        faults=3 * lab.rounds,
        problems=seen.problems,
        passed=max(seen.resumed) <= RESUMED and max(seen.gone) <= ALL_GONE,
    )


def _lose_work(lab: Lab, house: Estate, seen: Seen, number: int) -> None:
    """The host that builds a report, and sends letters with the other, is lost for as long as web comes and goes."""
    before = under_way(house)
    letters, build = remind(), ask_for("report_pdf", subject=str(number))
    lost, attempts = holder_of(house, build, before=before), as_it_is(build).attempts
    seen.lost.append(lost)
    time.sleep(lab.chance.uniform(0, 1.5))
    is_cut, since = (lab.seed + number) % 2 == 0, time.monotonic()
    if is_cut:
        house.network.cut(house.host(lost))
    else:
        house.kill(lost)
    with ThreadPoolExecutor(2) as pool:
        resumed = pool.submit(goes_on, build, attempts)
        gone = pool.submit(all_gone, letters, LETTERS, since=since)
        _lose_web(lab, house, seen, number)
        seen.resumed.append(resumed.result())
        seen.gone.append(gone.result())
    if is_cut:
        house.network.mend(house.host(lost))
    else:
        house.restart(lost)
    wait_for(lambda: is_over(build), seconds=120)
    seen.problems += [*not_whole(build), *not_once(letters)]


def _lose_web(lab: Lab, house: Estate, seen: Seen, number: int) -> None:
    """One of web is cut off, killed and started again, and one more is added and taken out."""
    name, added = lab.chance.choice(("web1", "web2")), f"web{number + 3}"
    with moment(seen.moments, "web cut off", loss=lambda: house.network.cut(house.host(name))):
        time.sleep(AWAY)
    with moment(seen.moments, "web there again"):
        house.network.mend(house.host(name))
        seen.problems += _unused(house, name, seconds=BACK)
    with moment(seen.moments, "web killed", loss=lambda: house.kill(name)):
        time.sleep(CALM)
    with moment(seen.moments, "web started again"):
        house.restart(name)
        seen.problems += _unused(house, name, seconds=BACK)
    with moment(seen.moments, "web added"):
        house.add_web(added, number + 23)
        house.ask([*house.asked, added])
        seen.problems += _unused(house, added, seconds=CALM)
    with moment(seen.moments, "web taken out"):
        ended = house.take_out(added)
        time.sleep(CALM / 2)
    seen.problems += [f"web that was told to end ended with {ended}"] if ended else []


def _unused(house: Estate, name: str, *, seconds: float) -> list[str]:
    """What is wrong if the host was not asked in that time."""
    before = house.host(name).heard()
    time.sleep(seconds)
    heard = house.host(name).heard() - before
    return [] if heard >= IN_USE else [f"{name} heard {heard} packets within {seconds:.0f} s of being there"]
