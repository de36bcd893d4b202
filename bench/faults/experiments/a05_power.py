"""The power is cut: the disk as it was while nothing could be written back any more is what the next start finds."""

import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import connection

from bench.faults.damage import damage, looked_at_by
from bench.faults.lab import Lab
from bench.faults.registry import Outcome, experiment
from tests.faults.chairs import Crowd, statuses
from tests.faults.house import House
from tests.faults.programs import Program

SIZE = "1200M"


@experiment(
    "A5",
    does="power cut: the file system’s image copied while PostgreSQL is frozen, and PostgreSQL started on the copy",
    holds="acknowledged is stored; no index and no page is damaged",
    goal="0 lost; amcheck, indexes built again, rows read, page checksums clean",
    amounts={"nightly": 4, "release": 10},
    limit=1800,
)
def run(lab: Lab) -> Outcome:
    """So many cuts, one after another."""
    return cut_power(lab)


def cut_power(lab: Lab, *, options: Sequence[str] = ()) -> Outcome:
    """The same on a server with these options beside its durable ones."""
    mount = lab.folder / "disk"
    image = new_image(lab.folder)
    with mounted(image, mount), lab.house(database=mount / "database", options=options) as house:
        chairs = lab.chairs(house, 8)
        with Crowd(chairs, submits=0.1, pause=0.02) as crowd:
            for number in range(lab.rounds):
                time.sleep(lab.chance.uniform(2, 5))
                image = _cut(house, image, mount, number)
            time.sleep(1.5)
        problems, _ = lab.settled()
        problems += damage(lab, house)
        house["database"].stop(by=signal.SIGINT)
        _release(mount)
    figure = f"{lab.rounds} cuts, {looked_at_by(lab)}, answers {statuses(chairs)}"
    return lab.outcome(figure, faults=lab.rounds, problems=[*problems, *crowd.errors])


def new_image(folder: Path) -> Path:
    """A file with an empty file system in it."""
    image = folder / "disk-0.img"
    subprocess.run(("truncate", "-s", SIZE, image), check=True)
    subprocess.run(("mkfs.ext4", "-q", "-F", image), check=True)
    return image


@contextmanager
def mounted(image: Path, mount: Path, *options: str) -> Iterator[None]:
    """The image is a folder until the block ends."""
    mount.mkdir(exist_ok=True)
    _mount(image, mount)
    mount.chmod(0o755)
    try:
        yield
    finally:
        with suppress(subprocess.CalledProcessError):
            _release(mount)


def _mount(image: Path, mount: Path) -> None:
    subprocess.run(("mount", "-o", "loop", image, mount), check=True)


def _release(mount: Path) -> None:
    subprocess.run(("umount", "--lazy", mount), check=True, stderr=subprocess.DEVNULL)


def _cut(house: House, image: Path, mount: Path, number: int) -> Path:
    """Freezes, copies what has reached the disk, kills what was frozen, and starts on the copy."""
    database = house["database"]
    frozen = _frozen_whole(database)
    copy = image.with_name(f"disk-{number + 1}.img")
    subprocess.run(("cp", "--sparse=always", image, copy), check=True)
    for pid in reversed(frozen):
        subprocess.run(("kill", "-9", str(pid)), check=False, stderr=subprocess.DEVNULL)
    if database.process:
        database.process.wait()
    connection.close()
    time.sleep(0.5)
    _release(mount)
    image.unlink()
    _mount(copy, mount)
    database.restart()
    return copy


def _frozen_whole(database: Program) -> list[int]:
    """Every process of the server, none of which runs any more; those born meanwhile too."""
    known: list[int] = []
    while (family := database.family()) != known:
        database.freeze()
        known = family
    return known
