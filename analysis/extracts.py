"""The one reader of answers: a wave's counting submissions as a columnar frame, fresh or frozen with a digest."""

import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from django.db.models import F, TextField
from django.db.models.functions import Cast

from accounts.digests import bytes_digest
from analysis.core.cube import STRATA
from analysis.core.marks import spread
from analysis.core.shape import Population
from respondents.returns.models import FrameAuthority, Submission
from survey.models import Wave
from survey.schema.document import Questionnaire


@dataclass(frozen=True)
class Extract:
    """One row for each return that counts: its strata, and a small whole number for each closed item."""

    frame: pl.DataFrame
    questionnaire: Questionnaire


def read_extract(wave: Wave) -> Extract:
    """The submissions of the wave that count, as they stand now."""
    counting = Submission.objects.counting().filter(survey_return__wave=wave)
    rows = list(
        counting.order_by("survey_return_id").values_list(
            F("survey_return__authority_type"), F("survey_return__region"), Cast("answers", TextField())
        )
    )
    strata = {name: [row[place] for row in rows] for place, name in enumerate(STRATA)}
    answers = _answers([row[-1] for row in rows], wave.questionnaire)
    return Extract(
        answers.with_columns(pl.Series(name, cells, dtype=pl.String) for name, cells in strata.items()),
        wave.questionnaire,
    )


def _answers(documents: Iterable[str], questionnaire: Questionnaire) -> pl.DataFrame:
    """One column for each closed item and each option to choose, read without making a Python object of any answer."""
    closed = [item.code for item in questionnaire.items.values() if item.kind == "closed"]
    multiple = [item for item in questionnaire.items.values() if item.kind == "multiple"]
    # The reader knows only wide whole numbers; what is kept is narrow. A list is read as it is written.
    schema = dict.fromkeys(closed, pl.Int64()) | {item.code: pl.String() for item in multiple}
    lines = "\n".join(documents)
    read = pl.read_ndjson(io.BytesIO(lines.encode()), schema=schema) if lines else pl.DataFrame(schema=schema)
    marks = (mark for item in multiple for mark in spread(item))
    return read.select(pl.col(closed).cast(pl.Int8), *marks)


def population_of(wave: Wave) -> Population:
    """How many boards and how many authorities the frame holds in each stratum."""
    boards = list(wave.returns.in_frame().values_list(*STRATA))
    authorities = list(FrameAuthority.objects.filter(survey_return__wave=wave).values_list(*STRATA))
    return Population(boards=_by_stratum(boards), authorities=_by_stratum(authorities))


def _by_stratum(units: Iterable[tuple[str, ...]]) -> dict[str, dict[str, int]]:
    rows = list(units)
    return {name: dict(Counter(row[place] for row in rows)) for place, name in enumerate(STRATA)}


def parquet_of(extract: Extract) -> bytes:
    """The extract as a Parquet file; equal extracts give equal files."""
    content = io.BytesIO()
    extract.frame.write_parquet(content)
    return content.getvalue()


def freeze(extract: Extract, path: Path) -> str:
    """Writes the extract as Parquet, whole or not at all, and returns the digest of the file."""
    content = parquet_of(extract)
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(path)
    return bytes_digest(content)


def load_frozen(path: Path, *, digest: str, questionnaire: Questionnaire) -> Extract:
    """The frozen extract; ValueError if the file is no longer what was frozen."""
    content = path.read_bytes()
    if bytes_digest(content) != digest:
        raise ValueError(f"{path} is not the extract that was frozen: its digest differs.")
    return Extract(pl.read_parquet(io.BytesIO(content)), questionnaire)
