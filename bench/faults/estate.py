"""The house on several hosts: proxy, post office and people on one, web and workers on two each, the stores on one."""

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.db import connection, connections

from bench.faults.hosts import NETWORK, Host, Network, network
from bench.faults.lab import Lab
from tests import nginx
from tests.faults import house
from tests.faults.chairs import wait_for
from tests.faults.house import ROOT, House, copied_cluster
from tests.faults.programs import Program
from tests.smtp import Office, post_office

FRONT, STORE = 10, 40
WEBS, WORKS = {"web1": 21, "web2": 22}, {"work1": 31, "work2": 32}
FINISHING = 60.0


@dataclass
class Estate:
    """Which hosts there are, and what runs on each."""

    lab: Lab
    network: Network
    office: Office
    front: Host
    store: Host
    houses: dict[str, House] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)  # the hosts of web that the proxy knows

    def host(self, name: str) -> Host:
        """The host of this name."""
        return self.network.hosts[name]

    def furnish(self, host: Host) -> House:
        """A folder, an environment and no programs yet."""
        folder = self.lab.folder / host.name
        folder.mkdir(exist_ok=True)
        own = ("--bind", f"{host.address}:{self.lab.ports.web}")
        found = House(folder, self.office, self.lab.ports, web_options=own, variables=self.variables(host.name))
        self.houses[host.name] = found
        return found

    def variables(self, name: str) -> dict[str, str]:
        """Where a program on a host of this name finds the stores and the post office, as the role it has."""
        role = "survey_worker" if name.startswith("work") else "survey_web"
        return {
            "DATABASE_URL": f"postgresql://{role}@{self.store.address}:{self.lab.ports.database}/postgres",
            "BROKER_URL": f"redis://{self.store.address}:{self.lab.ports.broker}/0",
            "EMAIL_URL": f"smtp://{self.front.address}:{self.office.port}",
        }

    def add_web(self, name: str, number: int) -> None:
        """A host with web on it, which nobody asks yet."""
        host = self.network.add(name, number)
        found = self.furnish(host)
        with host.inside():
            found.add(house.web(found))

    def add_works(self, name: str, number: int) -> None:
        """A host with a worker and a scheduler."""
        host = self.network.add(name, number)
        found = self.furnish(host)
        with host.inside():
            found.add(house.worker(found))
            found.add(house.scheduler(found))

    def kill(self, name: str) -> None:
        """Everything on the host at once; when this returns all of it has ended."""
        programs = self.houses[name].programs.values()
        pids = [pid for program in programs for pid in program.family()]
        for program in programs:
            program.kill()
        wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids), seconds=10, every=0.01)

    def restart(self, name: str) -> None:
        """What was killed there is started again."""
        with self.host(name).inside():
            for program in self.houses[name].programs.values():
                program.restart()

    def ask(self, webs: Sequence[str]) -> None:
        """The proxy asks these hosts of web from now on; it is not started anew for it."""
        self.asked = list(webs)
        first, *others = (f"{self.host(name).address}:{self.lab.ports.web}" for name in webs)
        folder = self.houses["front"].folder / "proxy"
        nginx.write_configuration(folder, port=self.lab.ports.proxy, web=first, others=others)
        proxy = self.houses["front"]["proxy"]
        if proxy.process:
            turn(proxy)

    def take_out(self, name: str) -> int:
        """A host of web ends as the handbook says: first nobody asks it any more, then it is told to end."""
        self.ask([each for each in self.asked if each != name])
        return self.end(name, "web")

    def end(self, name: str, program: str) -> int:
        """The program is asked to end, and what it ended with."""
        process = self.houses[name][program].process
        assert process
        process.send_signal(signal.SIGTERM)
        return process.wait(FINISHING)


def turn(proxy: Program) -> None:
    """It reads its configuration anew; its processes that knew the old one end when what they passed on is answered."""
    before = set(proxy.children())
    assert proxy.process
    proxy.process.send_signal(signal.SIGHUP)
    assert wait_for(lambda: not before & set(proxy.children()), seconds=FINISHING) is not None


@contextmanager
def estate(lab: Lab, *, works: Mapping[str, int] = WORKS) -> Iterator[Estate]:
    """All of it, running; this thread and those that it starts stand where the proxy and the people are."""
    with ExitStack() as stack:
        wires = stack.enter_context(network())
        front, store = wires.add("front", FRONT), wires.add("store", STORE)
        stack.enter_context(front.inside())
        found = Estate(lab, wires, stack.enter_context(post_office(front.address)), front, store)
        stack.callback(_end, found)
        _fill_store(found)
        _look_at(found)
        for name, number in WEBS.items():
            found.add_web(name, number)
        for name, number in works.items():
            found.add_works(name, number)
        before = found.furnish(front)
        before.add(house.proxy(before), start=False)
        found.ask(list(WEBS))
        before["proxy"].start()
        yield found


def _fill_store(found: Estate) -> None:
    """PostgreSQL and Redis, which the other hosts may reach, and the roles."""
    lab, home = found.lab, found.furnish(found.store)
    cluster = copied_cluster(lab.prepared, home.folder / "database")
    with (cluster / "pg_hba.conf").open("a") as file:
        file.write(f"host all all {NETWORK}.0/24 trust\n")
    reached = (f"listen_addresses=127.0.0.1,{found.store.address}",)
    with found.store.inside():
        home.add(
            house.server(cluster.parent, lab.ports.database, programs=lab.programs, cluster=cluster, options=reached)
        )
        broker = house.broker(home)
        more = ("--bind", "127.0.0.1", found.store.address, "--protected-mode", "no")
        home.add(replace(broker, command=(*broker.command, *more)))
    environment = home.environment | {
        "MIGRATION_DATABASE_URL": found.variables("")["DATABASE_URL"].replace("survey_web@", "survey@"),
        "ROLE_PASSWORDS": "web=of the laboratory; worker=of the laboratory",
    }
    subprocess.run((sys.executable, ROOT / "manage.py", "database_roles"), env=environment, check=True, cwd=ROOT)


def _look_at(found: Estate) -> None:
    """The experiment itself asks the same stores."""
    connections.settings["default"]["HOST"] = settings.DATABASES["default"]["HOST"] = found.store.address
    current_app.conf.update(broker_url=found.variables("")["BROKER_URL"])


def _end(found: Estate) -> None:
    connection.close()
    found.office.speaks.set()
    for each in reversed(list(found.houses.values())):
        for program in reversed(list(each.programs.values())):
            house.end(program)
