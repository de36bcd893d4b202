"""An extract as a file: Parquet that carries its codebook, with a digest that any change would alter."""

import io
import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from accounts.digests import bytes_digest
from analysis.core.eligible import Eligible, read, written
from analysis.core.variables import Variable, variables_of
from analysis.extracts import Extract
from analysis.refusals import UnusableExtract
from survey.schema.document import Questionnaire

ELIGIBLE, RESPONSE = "eligible", "response"


def parquet_of(
    extract: Extract, *, eligible: Eligible | None = None, response: Mapping[str, object] | None = None
) -> bytes:
    """The extract as a Parquet file that names its questionnaire and labels its codes; equal extracts, equal files.

    Who could answer, and what became of the boards, is kept with it where that is given: so the digest is of both.
    """
    content, about = io.BytesIO(), _about(extract.questionnaire)
    if eligible is not None:
        about[ELIGIBLE] = json.dumps(written(eligible), ensure_ascii=False)
    if response is not None:
        about[RESPONSE] = json.dumps(response, sort_keys=True)
    extract.frame.write_parquet(content, metadata=about)
    return content.getvalue()


def frozen_eligible(content: bytes) -> Eligible | None:
    """Who could answer, as it was kept with the frozen extract; nothing where it was not."""
    about = pl.read_parquet_metadata(io.BytesIO(content))
    return read(json.loads(about[ELIGIBLE])) if ELIGIBLE in about else None


def freeze(extract: Extract, path: Path) -> str:
    """Writes the extract as Parquet, whole or not at all, and returns the digest of the file."""
    content = parquet_of(extract)
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(path)
    return bytes_digest(content)


def load_frozen(path: Path, *, digest: str, questionnaire: Questionnaire) -> Extract:
    """The extract in this file; UnusableExtract when there is none, or for the reasons of `read_frozen`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnusableExtract(
            f"The frozen extract {path} cannot be read ({error.strerror}). Freeze the data again, or restore the file."
        ) from None
    return read_frozen(content, digest=digest, questionnaire=questionnaire)


def unchanged(content: bytes, *, digest: str) -> bytes:
    """The content, if it is what was frozen; UnusableExtract when it was changed."""
    if bytes_digest(content) != digest:
        raise UnusableExtract(
            "The frozen extract is no longer what was frozen: its digest differs. Restore it from a backup, or freeze "
            "the data again under a new number."
        )
    return content


def read_frozen(content: bytes, *, digest: str, questionnaire: Questionnaire) -> Extract:
    """The extract that was frozen; UnusableExtract when the content was changed or asks another questionnaire."""
    unchanged(content, digest=digest)
    about = pl.read_parquet_metadata(io.BytesIO(content))
    if about.get("questionnaire") != questionnaire.digest:
        raise UnusableExtract(_other_version(json.loads(about.get("codebook", "[]")), questionnaire))
    return Extract(pl.read_parquet(io.BytesIO(content)), questionnaire)


def _about(questionnaire: Questionnaire) -> dict[str, str]:
    columns = [_column(variable) for variable in variables_of(questionnaire)]
    return {"questionnaire": questionnaire.digest, "codebook": json.dumps(columns, ensure_ascii=False)}


def _column(variable: Variable) -> dict[str, object]:
    option = f": {variable.option.label}" if variable.option else ""
    return {
        "name": variable.name,
        "label": f"{variable.item.label}{option}",
        "codes": variable.codes,
        "missing": variable.missing,
    }


def _other_version(frozen: list[dict[str, object]], questionnaire: Questionnaire) -> str:
    """Which items only one of the two versions has."""
    before = [str(column["name"]) for column in frozen]
    now = [variable.name for variable in variables_of(questionnaire)]
    dropped = ", ".join(name for name in before if name not in now)
    added = ", ".join(name for name in now if name not in before)
    return (
        f"The extract was frozen under another version of the questionnaire {questionnaire.code}."
        + (f" It has {dropped}, for which this version does not ask." if dropped else "")
        + (f" It lacks {added}, for which this version asks." if added else "")
        + " Read it with the version under which its answers came in."
    )
