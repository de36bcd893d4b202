"""All tables, and every item by region and by type, beside the least that must be done; each in turn in one run.

    python -m bench.tables [--returns 10000] [--rounds 5]      from PostgreSQL and from a frozen extract
    python -m bench.tables --frozen --returns 1000000          from a frozen extract alone, with the memory it takes

Bare counting reads the same Parquet file and does nothing but numpy's bincount, for each item by region and by type.
Bare reading copies the same documents out of PostgreSQL (COPY) and reads them with polars, without types and strata.
"""

import argparse
import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from bench.answers import fill, random_extract
from bench.quiet import wait_for_quiet
from tests.postgres import postgresql

if TYPE_CHECKING:
    from analysis.core.plan import Plan
    from analysis.core.shape import Population
    from analysis.extracts import Extract
    from survey.models import Wave
    from survey.schema.document import Item, Questionnaire

Ways = dict[str, Callable[[], object]]


def main() -> None:
    """Measures the ways in turn and prints medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--returns", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--frozen", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.parquet"
        if options.frozen:
            measure_frozen(options.returns, options.rounds, path)
            return
        with postgresql() as url:
            _set_up(url)
            measure_all(options.returns, options.rounds, path)


def _set_up(url: str) -> None:
    os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()


def measure_all(returns: int, rounds: int, path: Path) -> None:
    """From the database, and from the frozen extract."""
    from django.db import connection
    from django.utils import timezone

    from analysis.extracts import population_of, read_extract
    from analysis.planning import plan_of

    wave = fill(returns)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    plan, population = plan_of(wave), population_of(wave, now=timezone.now())

    def all_of(found: "Extract") -> None:
        everything(found, plan, population)

    ways = {
        "extract": lambda: read_extract(wave),
        "bare reading of the same documents": lambda: bare_reading(wave),
        "tables from the database": lambda: all_of(read_extract(wave)),
    }
    tell(returns, in_turn(ways | _frozen(read_extract(wave), path, all_of), rounds))
    connection.close()


def measure_frozen(returns: int, rounds: int, path: Path) -> None:
    """From a frozen extract of answers at random; then its memory, in a process that made none of it."""
    _set_up("sqlite://:memory:")
    from analysis.core.shape import Population
    from analysis.planning import read_plan
    from tests.builders import MUNRO

    questionnaire = _questionnaire(MUNRO)
    nobody: dict[str, dict[str, int]] = {"region": {}, "authority_type": {}}
    plan, population = read_plan(questionnaire.code, questionnaire=questionnaire), Population(nobody, nobody)

    def all_of(found: "Extract") -> None:
        everything(found, plan, population)

    child = os.fork()
    if child == 0:  # polars starts its threads in the child alone
        _freeze_random(returns, questionnaire, path)
        os._exit(0)
    os.waitpid(child, 0)
    tell(returns, in_turn(_ways_of(path, questionnaire, all_of), rounds))
    print(json.dumps({"returns": returns, "peak_MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


def _questionnaire(path: Path) -> "Questionnaire":
    from survey.schema.document import load

    return load(path.read_text(encoding="utf-8"))


def _freeze_random(returns: int, questionnaire: "Questionnaire", path: Path) -> None:
    from analysis.frozen import freeze

    freeze(random_extract(returns, questionnaire), path)


def _frozen(extract: "Extract", path: Path, all_of: "Callable[[Extract], None]") -> Ways:
    from analysis.frozen import freeze

    freeze(extract, path)
    return _ways_of(path, extract.questionnaire, all_of)


def _ways_of(path: Path, questionnaire: "Questionnaire", all_of: "Callable[[Extract], None]") -> Ways:
    from accounts.digests import bytes_digest
    from analysis.frozen import load_frozen

    digest = bytes_digest(path.read_bytes())
    codes = [item.code for item in questionnaire.items.values() if item.kind == "closed"]
    return {
        "tables from the frozen extract": lambda: all_of(load_frozen(path, digest=digest, questionnaire=questionnaire)),
        "bare counting of the same file": lambda: bare_counting(path, codes),
    }


def everything(found: "Extract", plan: "Plan", population: "Population") -> None:
    """Every table of the plan, and every closed item by region and by type."""
    from analysis.core.cube import breakdown, count
    from analysis.core.tabulate import tabulate_plan

    cube = count(found.frame, questionnaire=found.questionnaire)
    tabulate_plan(cube, plan=plan, population=population)
    for item in found.questionnaire.items.values():
        if item.kind == "closed":
            for stratum in ("region", "authority_type"):
                breakdown(cube, item.code, by=stratum)


def bare_counting(path: Path, codes: Sequence[str]) -> int:
    """The least that must be done: read the file, count each item by region and by type."""
    frame = pl.read_parquet(path)
    total = 0
    for stratum in ("region", "authority_type"):
        places = frame[stratum].to_physical().to_numpy().astype(np.intp)
        size = int(places.max()) + 1
        for code in codes:
            values = frame[code].to_numpy().astype(np.intp) + 9
            total += int(np.bincount(places * 16 + values, minlength=size * 16).sum())
    return total


def bare_reading(wave: "Wave") -> int:
    """The least that must be done: have PostgreSQL send the documents that count, and read them."""
    from django.db import connection
    from django.db.models import TextField
    from django.db.models.functions import Cast

    from respondents.returns.models import Submission

    schema = {item.code: pl.String() if item.kind == "multiple" else pl.Int64() for item in _coded(wave.questionnaire)}
    counting = Submission.objects.counting().filter(survey_return__wave=wave).order_by()
    sql, values = counting.values_list(Cast("answers", TextField())).query.sql_with_params()
    with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT", values) as copied:
        return pl.read_ndjson(b"".join(bytes(block) for block in copied), schema=schema).height


def _coded(questionnaire: "Questionnaire") -> "list[Item]":
    return [item for item in questionnaire.items.values() if item.coded]


def in_turn(ways: Ways, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Wall and CPU seconds of every way, so many times, one after the other."""
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _ in range(rounds):
        for name, way in ways.items():
            wait_for_quiet(at_most=5)
            runs[name].append(seconds(way))
    return runs


def seconds(run: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds of this process for one run."""
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - wall, time.process_time() - cpu


def tell(returns: int, runs: dict[str, list[tuple[float, float]]]) -> None:
    """Prints a line for each way: medians, and the best wall time, which says most on a busy machine."""
    for name, taken in runs.items():
        wall, cpu = (statistics.median(each) for each in zip(*taken, strict=True))
        best = min(each for each, _ in taken)
        figures = {"wall_s": round(wall, 4), "best_s": round(best, 4), "cpu_s": round(cpu, 4)}
        print(json.dumps({"returns": returns, "way": name} | figures), flush=True)


if __name__ == "__main__":
    main()
