"""All tables, and every item by region and by type: from the database and from a frozen extract, beside bare counting.

    python -m bench.tables [--returns 10000] [--rounds 5]

The bare limit reads the same Parquet file and does nothing but numpy's bincount, for each item by region and by type.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from bench.quiet import wait_for_quiet
from tests.postgres import postgresql

if TYPE_CHECKING:
    from survey.models import Wave

BATCH = 2000


def fill(returns: int) -> "Wave":
    """A wave on an empty database with so many submitted returns, answered at random with a fixed seed."""
    from django.core.management import call_command

    from respondents.register.models import AuthorityType, Region
    from respondents.returns.models import Return, Submission
    from respondents.returns.submitting import new_reference
    from tests.builders import NOW, wave, whole_register

    call_command("migrate", verbosity=0)
    whole_register()
    found = wave("bench")
    generator = np.random.default_rng(7)
    items = [item for item in found.questionnaire.items.values() if item.coded]
    columns = {
        item.code: generator.choice(
            [*([o.value for o in item.scale.options] if item.scale else []), -9], returns
        ).tolist()
        for item in items
    }
    regions = generator.choice(Region.values, returns).tolist()
    types = generator.choice(AuthorityType.values, returns).tolist()
    for start in range(0, returns, BATCH):
        batch = [
            Return(wave=found, region=regions[n], authority_type=types[n], version=1, submitted_version=1)
            for n in range(start, min(start + BATCH, returns))
        ]
        Return.objects.bulk_create(batch)
        Submission.objects.bulk_create(
            Submission(
                survey_return=one,
                number=1,
                version=1,
                answers={
                    item.code: (
                        [columns[item.code][start + n]] if item.kind == "multiple" else columns[item.code][start + n]
                    )
                    for item in items
                },
                texts={"G1": "A sentence of the usual length about what stands in the way. " * 5},
                reference=new_reference(),
                digest="0" * 64,
                submitted_at=NOW,
            )
            for n, one in enumerate(batch)
        )
    return found


def seconds(run: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds of this process for one run."""
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - wall, time.process_time() - cpu


def bare(path: Path, codes: Sequence[str]) -> int:
    """The least that must be done: read the file, count each item by region and by type."""
    frame = pl.read_parquet(path)
    total = 0
    for stratum in ("region", "authority_type"):
        places = frame[stratum].cast(pl.Categorical).to_physical().to_numpy().astype(np.intp)
        size = int(places.max()) + 1
        for code in codes:
            values = frame[code].to_numpy().astype(np.intp) + 9
            total += int(np.bincount(places * 16 + values, minlength=size * 16).sum())
    return total


def main() -> None:
    """Measures the ways in turn and prints medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--returns", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with postgresql() as url, tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
        _measure(options.returns, options.rounds, Path(folder) / "extract.parquet")


def _measure(returns: int, rounds: int, path: Path) -> None:
    import django

    django.setup()
    from django.db import connection

    from analysis.core.cube import breakdown, count
    from analysis.core.tabulate import tabulate_plan
    from analysis.extracts import Extract, freeze, load_frozen, population_of, read_extract
    from analysis.planning import plan_of

    wave = fill(returns)
    plan, population = plan_of(wave), population_of(wave)
    extract = read_extract(wave)
    codes = [item.code for item in wave.questionnaire.items.values() if item.kind == "closed"]
    digest = freeze(extract, path)

    def everything(found: Extract) -> None:
        cube = count(found.frame, questionnaire=found.questionnaire)
        tabulate_plan(cube, plan=plan, population=population)
        for code in codes:
            for stratum in ("region", "authority_type"):
                breakdown(cube, code, by=stratum)

    ways: dict[str, Callable[[], object]] = {
        "from the database": lambda: everything(read_extract(wave)),
        "from the frozen extract": lambda: everything(
            load_frozen(path, digest=digest, questionnaire=wave.questionnaire)
        ),
        "bare counting of the same file": lambda: bare(path, codes),
    }
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _ in range(rounds):
        for name, way in ways.items():
            wait_for_quiet(at_most=5)
            runs[name].append(seconds(way))
    for name, taken in runs.items():
        wall, cpu = (statistics.median(each) for each in zip(*taken, strict=True))
        print(json.dumps({"returns": returns, "way": name, "wall_s": round(wall, 4), "cpu_s": round(cpu, 4)}))
    connection.close()


if __name__ == "__main__":
    main()
