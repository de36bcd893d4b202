"""The fault laboratory: breaks a whole house on purpose, and compares what people were told with what is stored.

    python -m bench.faults --size small|nightly|release [--only A3,A6] [--seed N]

Proxy, web, worker, scheduler, Redis and a PostgreSQL that waits for its disk run on loopback for each experiment.
What came out is printed and written to var/faults/result.md.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
import django

django.setup()

from bench.faults import experiments
from bench.faults.page import Line, write_page
from bench.faults.preparing import prepare
from bench.faults.registry import SIZES, Experiment, Outcome, in_order
from tests.faults.house import ROOT

RESULT = ROOT / "var" / "faults" / "result.md"


def main() -> int:
    """Runs what belongs to the size; ends with 1 if anything that ran has failed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that all that was started ends too
    given = _arguments()
    experiments.load()
    seed = random.SystemRandom().randrange(10**6) if given.seed is None else given.seed
    print(f"seed {seed}", flush=True)
    wanted = [each for each in in_order() if not given.only or each.id in given.only.split(",")]
    began = datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="survey-faults-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        lines = _run_all(wanted, Path(name), size=given.size, seed=seed, postgresql=given.postgresql)
        if given.keep:
            shutil.copytree(name, given.keep, dirs_exist_ok=True, ignore=shutil.ignore_patterns("cluster", "*.libs"))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(write_page(lines, size=given.size, seed=seed, began=began))
    print(f"\n{RESULT.read_text()}")
    return int(any(line.outcome and not line.outcome.passed for line in lines))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--only", default="", help="ids with commas between them")
    parser.add_argument("--seed", type=int, default=None, help="the same seed breaks the same things in the same order")
    parser.add_argument("--postgresql", type=Path, default=None, help="a folder of programs instead of the wheel's")
    parser.add_argument("--keep", type=Path, default=None, help="a folder for the logs and ledgers")
    return parser.parse_args()


def _run_all(
    wanted: Sequence[Experiment], folder: Path, *, size: str, seed: int, postgresql: Path | None
) -> list[Line]:
    ready = any(each.run and each.needs_house and size in each.amounts for each in wanted)
    told: dict[str, object] = {"programs": "", "cluster": "", "people": []}
    if ready:
        programs, people = prepare(folder / "prepared", postgresql=postgresql)
        told = {"programs": str(programs), "cluster": str(folder / "prepared" / "cluster"), "people": people}
    (folder / "prepared.json").write_text(json.dumps(told))
    lines = []
    for each in wanted:
        if each.run is None or size not in each.amounts:
            lines.append(Line(each, None, 0.0, each.note or f"not in the size “{size}”"))
            continue
        began = time.monotonic()
        outcome = _run(each, folder / each.id, seed=seed, rounds=each.amounts[size])
        lines.append(Line(each, outcome, time.monotonic() - began))
        _tell(lines[-1], outcome)
    return lines


def _tell(line: Line, outcome: Outcome) -> None:
    result = "pass" if outcome.passed else "FAIL"
    print(f"{line.experiment.id:5} {result}  {line.seconds:6.1f} s  {outcome.figure}", flush=True)
    for problem in outcome.problems:
        print(f"      {problem}", flush=True)


def _run(each: Experiment, folder: Path, *, seed: int, rounds: int) -> Outcome:
    """The experiment in a process of its own, which is ended with all it started when its time is over."""
    folder.mkdir()
    command = (sys.executable, "-m", "bench.faults.one", each.id, folder, "--seed", str(seed), "--rounds", str(rounds))
    own = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with (folder / "experiment.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=own, stdout=log, stderr=subprocess.STDOUT)
        try:
            process.wait(each.limit)
        except subprocess.TimeoutExpired:
            _end_family(process)
            return Outcome(f"took longer than {each.limit} s and was ended", passed=False)
        except BaseException:  # whoever asked for it has had enough
            _end_family(process)
            raise
    with suppress(OSError):
        said = json.loads((folder / "outcome.json").read_text())
        return Outcome(**said | {"problems": tuple(said["problems"])})
    said_last = (folder / "experiment.log").read_text()[-500:]
    return Outcome(f"ended with {process.returncode}", passed=False, problems=(said_last,))


def _end_family(process: subprocess.Popen[bytes]) -> None:
    from tests.faults.programs import Program

    found = Program("", (), Path(), lambda: True, process=process)
    for pid in reversed(found.family()):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)
            os.kill(pid, signal.SIGKILL)
    process.wait()


if __name__ == "__main__":
    sys.exit(main())
