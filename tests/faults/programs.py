"""A program of the house that can be killed, frozen, stopped and started again, always at the same address."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.services import launch, stop

PATIENCE = 60.0
GIVES_WAY = "10"  # of 19: about a tenth of what others get, as docker-compose.yml has it


@dataclass
class Program:
    """How it is started, how it says that it is ready, and the process that it is now."""

    name: str
    command: Sequence[str | Path]
    log: Path
    is_ready: Callable[[], object]
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    account: int | None = None
    gives_way: bool = False  # the kernel gives its session a smaller share of the processors, as to a container
    process: subprocess.Popen[bytes] | None = None

    def start(self, *, seconds: float = PATIENCE, **variables: str) -> None:
        """Starts it and waits until it is ready; one that ends at once is started again, as its keeper would."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process is None or self.process.poll() is not None:
                self.process = launch(
                    self.command, log=self.log, env={**self.env, **variables}, cwd=self.cwd, account=self.account
                )
                if self.gives_way:
                    Path(f"/proc/{self.process.pid}/autogroup").write_text(GIVES_WAY)
            if self.is_ready() and self.process.poll() is None:
                return
            time.sleep(0.05)
        raise AssertionError(f"{self.name} is not ready after {seconds} s:\n{self.tail()}")

    def kill(self) -> None:
        """kill -9 of the program and of all it started in its own group."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, *, by: signal.Signals = signal.SIGTERM) -> int:
        """Asks it to end, and ends it if it does not."""
        return stop(self.process, by=by) if self.process else 0

    def restart(self) -> None:
        """Started again after it was killed or stopped."""
        self.process = None
        self.start()

    def freeze(self) -> None:
        """Stops it where it is, with all its children, whatever session they are in."""
        for pid in self.family():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Lets it go on."""
        for pid in self.family():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)

    def children(self) -> list[int]:
        """The processes that it has started and that live."""
        return self.family()[1:]

    def family(self) -> list[int]:
        """Its own process first, then all below it."""
        if self.process is None:
            return []
        parents: dict[int, list[int]] = {}
        for entry in Path("/proc").iterdir():
            with suppress(OSError, ValueError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                parents.setdefault(int(fields[1]), []).append(int(entry.name))
        found = [self.process.pid]
        for pid in found:
            found += parents.get(pid, [])
        return found

    def tail(self) -> str:
        """The last it said."""
        return self.log.read_text(errors="replace")[-3000:] if self.log.exists() else ""
