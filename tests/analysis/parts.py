"""A part of a frozen extract, counted by whichever worker gets it; the worker is started with `--include` of this."""

import json
from pathlib import Path

import numpy as np
import polars as pl
from celery import shared_task

from analysis.core.cube import STRATA, Cube, count
from tests.analysis.core.examples import small_questionnaire


@shared_task(name="tests.analysis.parts.count_part")
def count_part(frozen: str, start: int, rows: int) -> None:
    """Counts these rows of the file and leaves their cube beside it, whole or not at all."""
    cube = count(pl.read_parquet(frozen).slice(start, rows), questionnaire=small_questionnaire())
    unfinished = Path(frozen).with_name(f"{start}.unfinished")
    kept = {"levels": cube.levels, "items": cube.items, "returns": cube.returns.tolist()}
    unfinished.write_text(json.dumps(kept | {"answers": cube.answers.tolist()}))
    unfinished.replace(unfinished.with_suffix(".json"))


def read_part(path: Path) -> Cube:
    """The cube that a worker left there."""
    kept = json.loads(path.read_text())
    levels = tuple(map(tuple, kept["levels"]))
    returns, answers = (np.array(kept[name], dtype=np.int64) for name in ("returns", "answers"))
    return Cube(STRATA, levels, tuple(kept["items"]), returns, answers)
