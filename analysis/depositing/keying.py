"""Service: which board each record of a deposit is of. It is in no deposit: whoever holds it keeps it apart."""

from collections.abc import Iterator
from uuid import UUID

import polars as pl

from analysis.core.cube import STRATA
from analysis.depositing.gathering import gathered
from analysis.depositing.refusals import NoKey
from analysis.disclosing.models import Release
from analysis.submitted import read_submitted
from respondents.tabular.writing import write_csv

HEADS = ("case", "board", "name", "return")
Row = tuple[int, str, str, str]


def key_of(release: Release) -> bytes:
    """The case, the board and the return of each record. NoKey where answers have changed since they were frozen.

    Frozen data hold no returns. Their rows are in the order of the returns' chance ids, so the same returns with the
    same answers, read now, are the same rows.
    """
    found = gathered(release)
    now = read_submitted(found.wave, with_returns=True)
    frozen = found.material.answers.frame
    if not _plain(now.drop("return")).equals(_plain(frozen)):
        raise NoKey(
            f"Answers of {found.wave} have changed since the data of {release} were frozen, so nobody can tell which "
            "record is whose. Make the key before returns are amended or erased."
        )
    return write_csv(HEADS, list(_rows(release, now["return"].to_list())))


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(name).cast(pl.String) for name in STRATA)


def _rows(release: Release, returns: list[str]) -> Iterator[Row]:
    boards = {
        pk: (slug or "", name or "")
        for pk, slug, name in release.wave.returns.values_list("pk", "board__slug", "board__name")
    }
    for case, return_id in enumerate(returns, 1):
        yield (case, *boards[UUID(return_id)], f"{UUID(return_id)}")
