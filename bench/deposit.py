"""10,000 records of the questionnaire of 2012 as labelled SPSS, beside pyreadstat alone with the same numbers.

python -m bench.deposit [--records 10000] [--columns 97] [--rounds 7]

Each way in turn in one run: the bare reference writes the same columns to a file without a label, a missing value or a
measure. The other formats are measured for themselves.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pyreadstat

from analysis.core.deposit.columns import DataColumn, columns_of
from analysis.core.deposit.described import Described
from analysis.core.release.groups import Group
from analysis.outputs.record_files import csv_of, dta_of, parquet_of, sav_of
from bench.quiet import wait_for_quiet
from survey.schema.document import load

ROOT = Path(__file__).resolve().parent.parent
GROUPS = (Group("region", "North", ("North",)), Group("region", "South", ("South",)))


def main() -> None:
    """Measures every way in turn, after one warm-up each, and prints medians and their ratio to the bare reference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--columns", type=int, default=97)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    data = described(given.records, given.columns)
    ways: dict[str, Callable[[], object]] = {
        "SPSS, labelled": lambda: sav_of(data),
        "Stata, labelled": lambda: dta_of(data),
        "Parquet": lambda: parquet_of(data),
        "CSV": lambda: csv_of(data),
        "pyreadstat alone": lambda: bare(data.records),
    }
    measure(ways, given.rounds)


def described(records: int, columns: int) -> Described:
    """As many columns as there shall be, those of the questionnaire over again, with every code in turn."""
    questionnaire = load((ROOT / "survey" / "documents" / "munro_2012.yaml").read_text(encoding="utf-8"))
    known = columns_of(questionnaire, groups=GROUPS)
    coded = cycle([column for column in known if column.labels])
    made = [known[0], *(replace(each, name=f"c{place}") for place, each in enumerate(islice(coded, columns - 1)))]
    frame = pl.DataFrame([_values(column, records) for column in made])
    return Described("Bench", frame, tuple(made), datetime(2012, 5, 4, tzinfo=UTC))


def _values(column: DataColumn, records: int) -> pl.Series:
    codes = [*column.labels] or range(1, records + 1)
    dtype = pl.Int8 if column.labels else pl.Int32
    return pl.Series(column.name, list(islice(cycle(codes), records)), dtype=dtype)


def bare(records: pl.DataFrame) -> bytes:
    """The numbers alone."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bare.sav"
        pyreadstat.write_sav(records, str(path))
        return path.read_bytes()


def measure(ways: dict[str, Callable[[], object]], rounds: int) -> None:
    """CPU of each way in every round, in turn."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _ in range(rounds):
        for name, way in ways.items():
            wait_for_quiet(at_most=10)
            start = time.process_time()
            way()
            taken[name].append(time.process_time() - start)
    last = statistics.median(taken[list(ways)[-1]])
    for name, seconds in taken.items():
        median = statistics.median(seconds)
        print(json.dumps({"way": name, "cpu_s": round(median, 3), "ratio_to_the_last": round(median / last, 2)}))


if __name__ == "__main__":
    main()
