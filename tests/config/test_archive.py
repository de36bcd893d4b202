"""The archive of PostgreSQL's log: what compose tells the server is done by a real one, and leads back."""

import os
import pwd
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from ruamel.yaml import YAML

from tests.builders import ROOT
from tests.postgres import create_cluster, find_programs
from tests.services import running, wait_until

SCRIPTS = ROOT / "config" / "archive"
PIECE = 16 * 2**20
ACCOUNT = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def told(file: str = "docker-compose.yml") -> list[str]:
    """The server's command line."""
    found: list[str] = YAML(typ="safe").load(ROOT / file)["services"]["database"]["command"]
    return found


def archive_command(folder: Path, path: str, name: str) -> str:
    """Compose's own, with this folder for the archive."""
    setting = next(each for each in told() if each.startswith("archive_command=")).partition("=")[2]
    assert setting.startswith("sh /etc/survey/archive/keep.sh ")
    here = setting.replace("/etc/survey/archive", str(SCRIPTS)).replace("%p", path).replace("%f", name)
    return f"ARCHIVE={folder} {here}"


@pytest.mark.pure
def test_both_compose_files_tell_the_server_the_same_of_its_archive() -> None:
    def of_archive(command: list[str]) -> list[str]:
        return [each for each in command if each.startswith("archive_")]

    services = YAML(typ="safe").load(ROOT / "docker-compose.yml")["services"]
    assert len(of_archive(told())) == 3
    assert of_archive(told()) == of_archive(told("docker-compose.tls.yml"))
    assert "./config/archive:/etc/survey/archive:ro" in services["database"]["volumes"]


@pytest.mark.pure
def test_archive_takes_a_piece_once_and_again_if_it_is_the_same_and_never_another(tmp_path: Path) -> None:
    written, archive, back = tmp_path / "0001", tmp_path / "archive", tmp_path / "back"
    archive.mkdir()

    ended = []
    for content in (b"first", b"first", b"other"):
        written.write_bytes(content + bytes(PIECE))
        ended.append(
            subprocess.run(["/bin/sh", "-c", archive_command(archive, str(written), "0001")], check=False).returncode
        )
    fetched = [
        subprocess.run(
            ["/bin/sh", SCRIPTS / "fetch.sh", name, back], env=os.environ | {"ARCHIVE": str(archive)}, check=False
        )
        for name in ("0001", "0002")
    ]

    assert (ended, [each.returncode for each in fetched]) == ([0, 0, 1], [0, 1])
    assert back.read_bytes() == b"first" + bytes(PIECE)
    assert [each.name for each in archive.iterdir()] == ["0001.gz"]
    assert (archive / "0001.gz").stat().st_size < PIECE / 100


@contextmanager
def server(programs: Path, home: Path, *options: str) -> Iterator[str]:
    """The cluster of this folder, until the block ends; its address."""
    command: list[str | Path] = [programs / "postgres", "-D", home / "cluster", "-k", home, "-h", "", "-F"]
    command += [part for each in options for part in ("-c", each)]
    address = f"host={home} user=survey dbname=postgres"

    def is_ready() -> bool:
        try:
            with psycopg.connect(address) as line:
                return line.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)
        except psycopg.OperationalError:
            return False

    with running(command, log=home / "log", account=ACCOUNT) as process:
        wait_until(is_ready, process=process, log=home / "log")
        yield address


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder to which the server's account comes; pytest's own are shut to it."""
    with tempfile.TemporaryDirectory(prefix="survey-archive-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


class Place:
    """A server's folder, its archive, and the programs and scripts that work on them as its account."""

    def __init__(self, home: Path) -> None:
        self.home, self.archive = home, home / "archive"
        self.archive.mkdir()
        for each in (home, self.archive):
            os.chown(each, *((-1, -1) if ACCOUNT is None else (ACCOUNT, ACCOUNT)))
        self.programs = find_programs(home, account=ACCOUNT)
        create_cluster(self.programs, home, account=ACCOUNT)

    @contextmanager
    def started(self) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
        """A line to the server, which keeps its log as compose says."""
        kept = f"archive_command={archive_command(self.archive, '%p', '%f')}"
        served = server(self.programs, self.home, "archive_mode=on", kept)
        with served as address, psycopg.connect(address, autocommit=True) as line:
            yield line

    def run(self, name: str, *words: str) -> str:
        """What one of the scripts says."""
        own = {"ARCHIVE": self.archive, "PGDATA": self.home / "cluster", "PGHOST": self.home}
        told = {name: str(path) for name, path in own.items()} | {"PGUSER": "survey"}
        told["PATH"] = f"{self.programs}:{os.environ['PATH']}"
        done = subprocess.run(
            ["/bin/sh", SCRIPTS / name, *words], env=os.environ | told, cwd=self.home, user=ACCOUNT, group=ACCOUNT,
            extra_groups=None if ACCOUNT is None else [], capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def copied(self) -> str:
        """What a further base copy says."""
        time.sleep(1.1)  # a copy is named by its second
        return self.run("copy.sh")

    def pieces(self) -> set[str]:
        """What is in the archive of the log itself."""
        return {each.name for each in self.archive.glob("0*.gz") if each.name.count(".") == 1}


@pytest.mark.production
def test_a_database_comes_back_as_it_stood_at_a_second_and_what_no_copy_needs_is_removed(open_folder: Path) -> None:
    place = Place(open_folder)
    with place.started() as line:
        line.execute("CREATE TABLE answers (said int)")
        place.run("copy.sh")
        line.execute("INSERT INTO answers VALUES (1)")
        close(line)
        time.sleep(0.2)
        second = datetime.now(UTC)
        time.sleep(0.2)
        line.execute("DELETE FROM answers")
        close(line)
    before = place.pieces()
    (copy,) = (place.archive / "base").iterdir()
    place.run("back.sh", copy.name, f"{second:%Y-%m-%d %H:%M:%S.%f} UTC")
    with place.started() as line:
        found = line.execute("SELECT said FROM answers").fetchall()
        said = [place.copied() for _ in range(2)]
        close(line)

    assert found == [(1,)]
    assert said[-1].startswith("base copy ")
    assert len(list((place.archive / "base").iterdir())) == 2
    assert len(before) >= 3
    assert place.pieces()
    assert place.pieces().isdisjoint(before)


def close(line: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Closes the piece that is written, and waits until it is in the archive."""
    ((piece,),) = line.execute("SELECT pg_walfile_name(pg_create_restore_point('here'))").fetchall()
    line.execute("SELECT pg_switch_wal()")
    end = time.monotonic() + 20
    while time.monotonic() < end:
        ((kept, failed),) = line.execute("SELECT last_archived_wal, failed_count FROM pg_stat_archiver").fetchall()
        if kept and str(kept)[:24] >= str(piece):
            assert failed == 0
            return
        time.sleep(0.1)
    raise AssertionError(f"{piece} did not come into the archive")
