"""Many requests with canaries in all that people type and are sent: none is in a log, a trace, a task or a count."""

import time
from pathlib import Path
from uuid import UUID

from bench.faults.canaries import answers_of, found_in, named_people, overheard, sign_in
from bench.faults.lab import Lab
from bench.faults.registry import Outcome, experiment
from bench.faults.staff import Team
from bench.faults.watchers import TOKEN
from tests.collector import collector
from tests.faults.chairs import Crowd, wait_for
from tests.faults.house import House
from tests.services import ask

PEOPLE, SIGNED_IN = 40, 12
PATIENCE = 1500.0
ADDRESS = "@example.org"  # of everybody
LOOSE = "Canary-token-0123456789-abcdefghijklmnopqrstuvwx"


@experiment(
    "E8",
    does="so many requests of chairs and staff who sign in, save, submit, go astray, while the database falls once",
    holds="no address, name, answer, code, token or session key in any log, in Redis, in a trace or in the numbers",
    goal="0 found after 10,000 requests",
    amounts={"small": 500, "nightly": 10_000, "release": 10_000},
    limit=2400,
)
def run(lab: Lab) -> Outcome:
    """So many requests."""
    with collector() as (port, traces):
        told = {"TRACES_URL": f"http://127.0.0.1:{port}/v1/traces", "METRICS_TOKEN": TOKEN}
        with lab.house(variables=told) as house:
            asked, canaries = _live(lab, house)
            problems, _ = lab.settled()
            numbers = ask(house.ports.web, "/metrics", Authorization=f"Bearer {TOKEN}")[1].encode()
        time.sleep(1)  # what is left of the traces comes
    written = _written(lab.folder / "house") | {"traces": b"\n".join(traces), "numbers": numbers}
    canaries |= answers_of(lab.ledger)
    for name, content in written.items():
        problems += [f"{name} tells {canary}" for canary in sorted(found_in(content, canaries))[:5]]
    size = sum(map(len, written.values())) / 2**20
    figure = f"{asked:,} requests, {len(canaries):,} canaries, {size:.0f} MiB in {len(written)} places searched"
    return lab.outcome(figure, faults=1, problems=problems, passed=all(written.values()))


def _live(lab: Lab, house: House) -> tuple[int, set[str]]:
    """How much was asked, and what must stand nowhere."""
    canaries = named_people() | {ADDRESS, LOOSE, house.environment["SECRET_KEY"]}
    chairs = lab.chairs(house, PEOPLE, first=SIGNED_IN)
    with overheard(house.ports.broker, house.folder / "tasks"), Team(house.ports.proxy) as team:
        with Crowd(chairs, pause=0.05, submits=0.1) as crowd:
            for number in range(SIGNED_IN):
                canaries |= _walk(lab, house, number)
            _fall(house)
            everybody = [*chairs, *team.members]
            wait_for(lambda: sum(len(each.replies) for each in everybody) >= lab.rounds, seconds=PATIENCE, every=1)
        canaries |= {each.session for each in everybody} | {each.csrf for each in everybody}
    assert not crowd.errors, crowd.errors
    return sum(len(each.replies) for each in everybody), canaries


def _walk(lab: Lab, house: House, number: int) -> set[str]:
    """One chair signs in with a code, reads and goes astray with what nobody else may know."""
    (chair,) = lab.chairs(house, 1, first=number)
    email = chair_email(chair.return_id)
    visitor, code = sign_in(house, email, source=f"127.0.{number + 1}.1")
    for path in (f"/returns/{chair.return_id}/", f"/invitation/{LOOSE}/", f"/calendar/{LOOSE}.ics", "/people/"):
        visitor.ask("GET", f"{path}?q={email}")
    visitor.ask("POST", f"/returns/{chair.return_id}/questions/nothing/", [("text", f"{LOOSE} {email}")])
    visitor.hang_up()
    return {code, code.replace("-", ""), visitor.session, visitor.csrf}


def chair_email(return_id: str) -> str:
    """The address of whoever answers."""
    from respondents.register.models import Appointment

    return Appointment.objects.values_list("person__email", flat=True).get(board__returns=UUID(return_id))


def _fall(house: House) -> None:
    house["database"].kill()
    time.sleep(1)
    house["database"].restart()


def _written(folder: Path) -> dict[str, bytes]:
    """Every file of the house, but the database's own."""
    files = [file for file in folder.rglob("*") if file.is_file() and "database/" not in str(file.relative_to(folder))]
    return {str(file.relative_to(folder)): content for file in files if (content := file.read_bytes())}
