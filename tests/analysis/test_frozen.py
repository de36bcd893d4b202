"""A frozen extract is read back equal, or refused with the reason and the way out."""

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from accounts.digests import bytes_digest
from analysis.core.cube import count
from analysis.extracts import Extract
from analysis.frozen import freeze, load_frozen, parquet_of, read_frozen
from analysis.refusals import UnusableExtract
from survey.schema.document import load
from tests.analysis.core.examples import QUESTIONNAIRE, frame_of

pytestmark = pytest.mark.pure

OLD = load(QUESTIONNAIRE)
NEW = load(QUESTIONNAIRE.replace("C1.2, label: It lasts", "C1.3, label: It grows"))
EXTRACT = Extract(frame_of([{"A1": "agree", "region": "North"}, {}], questionnaire=OLD), OLD)


def test_it_is_read_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "extract.parquet"

    digest = freeze(EXTRACT, path)

    assert_frame_equal(load_frozen(path, digest=digest, questionnaire=OLD).frame, EXTRACT.frame)
    assert path.read_bytes() == parquet_of(EXTRACT)
    about = pl.read_parquet_metadata(path)
    assert about["questionnaire"] == OLD.digest
    assert '{"name": "C1.2", "label": "It lasts", "codes": {"1": "Agree", "2": "Neither agree' in about["codebook"]


def test_one_without_returns_is_read_back_with_every_column() -> None:
    content = parquet_of(Extract(EXTRACT.frame.clear(), OLD))

    found = read_frozen(content, digest=bytes_digest(content), questionnaire=OLD)

    assert found.frame.schema == EXTRACT.frame.schema
    assert count(found.frame, questionnaire=OLD).total == 0


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "extract.parquet"
    digest = freeze(EXTRACT, path)
    path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(UnusableExtract, match=r"its digest differs\. Restore it from a backup, or freeze"):
        load_frozen(path, digest=digest, questionnaire=OLD)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    gone = tmp_path / "gone.parquet"

    with pytest.raises(UnusableExtract, match=r"gone.parquet cannot be read \(No such file or directory\)"):
        load_frozen(gone, digest="0" * 64, questionnaire=OLD)


def test_another_version_of_the_questionnaire_is_refused_with_the_items_that_were_dropped() -> None:
    content = parquet_of(EXTRACT)

    with pytest.raises(UnusableExtract) as refused:
        read_frozen(content, digest=bytes_digest(content), questionnaire=NEW)

    assert str(refused.value) == (
        "The extract was frozen under another version of the questionnaire small. It has C1.2, for which this version "
        "does not ask. It lacks C1.3, for which this version asks. Read it with the version under which its answers "
        "came in."
    )


def test_data_without_a_column_that_the_questionnaire_asks_for_are_not_counted() -> None:
    with pytest.raises(ValueError, match=r"The data have no column C1\.3, for which the questionnaire asks\."):
        count(EXTRACT.frame, questionnaire=NEW)
