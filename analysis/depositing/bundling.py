"""Service: the deposit of a release as one zip file, the same bytes for the same release."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from accounts.digests import bytes_digest
from analysis.depositing import coding, frame, telling
from analysis.depositing.codebook import codebook_pdf, questionnaire_pdf
from analysis.depositing.gathering import Gathered, gathered
from analysis.disclosing.models import Release
from analysis.disclosing.packing import EARLIEST
from analysis.disclosing.reporting import report_of_release
from analysis.outputs import record_files
from analysis.outputs.ddi import DataFile, Material, ddi
from respondents.tabular.writing import write_csv

Progress = Callable[[str, int, int], None]
Make = Callable[[], bytes]
STEPS = ("Writing the records", "Setting the codebook", "Setting the questionnaire", "Setting the report", "Packing")
SCRIPT = Path(__file__).with_name("reproduce.py")

RECORDS: Mapping[str, tuple[str, Callable[..., bytes]]] = {
    "data/records.sav": ("records for SPSS", record_files.sav_of),
    "data/records.dta": ("records for Stata 14 and later", record_files.dta_of),
    "data/records.parquet": ("records as Parquet", record_files.parquet_of),
    "data/records.csv": ("records as CSV", record_files.csv_of),
    "data/records.csv-metadata.json": ("what stands in records.csv (CSV on the Web)", record_files.csvw_of),
}
WORDS: Mapping[str, str] = {
    "documents/codebook.pdf": "every column with its codes, and how many records hold each",
    "documents/questionnaire.pdf": "the questionnaire as it was asked",
    "documents/report.pdf": "the report of the release",
    "metadata/ddi-codebook.xml": "study, files and variables as DDI Codebook 2.5",
    "frame/levels.csv": "the levels of the frame: eligible boards and authorities, returns as released",
    "coding/frames.csv": "the coding frames of answers in words",
    "coding/codes.csv": "how many boards have each code, as released",
    "disclosure/log.txt": "who decided what about the release, with reasons",
    "disclosure/hidden.csv": "every hidden count with its rule, and what could be deduced of it",
    "recipe.json": "which records every released number counts",
    "reproduce.py": "counts every released number again (needs pandas)",
}
OF_TABLES = "the tables as they were released"


def bundle(release: Release, progress: Progress = lambda *_: None) -> bytes:
    """The deposit. NotReleased unless the release has been let go; `progress` is told each step in words."""
    found = gathered(release)
    files: dict[str, bytes] = {}
    for step, (doing, make) in enumerate(zip(STEPS[:-1], _steps(found), strict=True), 1):
        progress(doing, step, len(STEPS))
        files |= make()
    progress(STEPS[-1], len(STEPS), len(STEPS))
    files |= {"metadata/ddi-codebook.xml": described(found)}
    files["README.txt"] = telling.read_me(found, words_of(files)).encode()
    files["SHA256SUMS"] = checksums(files)
    return _zipped(files)


def words_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """What each file is."""
    known = {**WORDS, **{name: words for name, (words, _) in RECORDS.items()}}
    return {name: known.get(name, OF_TABLES) for name in files}


def described(found: Gathered) -> bytes:
    """The study and its records for archives."""
    data_files = [DataFile(name, words) for name, (words, _) in RECORDS.items() if not name.endswith(".json")]
    others = [Material(name, words) for name, words in WORDS.items() if name.startswith("documents/")]
    access = [*found.access.sentences, *(f"Left out: {each}." for each in telling.HELD_BACK)]
    return ddi(found.study, found.data, files=data_files, materials=others, access=access)


def checksums(files: Mapping[str, bytes]) -> bytes:
    """One line for each file, as `sha256sum --check` reads it."""
    return "".join(f"{bytes_digest(content)}  {name}\n" for name, content in sorted(files.items())).encode()


def _steps(found: Gathered) -> Iterator[Callable[[], dict[str, bytes]]]:
    """What is made in each step; a methodology report has its place beside the report."""
    yield lambda: {**_records(found), **_tables(found), **_explained(found)}
    yield lambda: {"documents/codebook.pdf": codebook_pdf(found)}
    yield lambda: {"documents/questionnaire.pdf": questionnaire_pdf(found)}
    yield lambda: {"documents/report.pdf": report_of_release(found.release, lambda *_: None, now=found.released_at)}


def _records(found: Gathered) -> dict[str, bytes]:
    return {name: write(found.data) for name, (_, write) in RECORDS.items()}


def _tables(found: Gathered) -> dict[str, bytes]:
    """The very files of the release."""
    with zipfile.ZipFile(io.BytesIO(bytes(found.release.content))) as archive:
        return {f"tables/{name}": archive.read(name) for name in archive.namelist()}


def _explained(found: Gathered) -> dict[str, bytes]:
    return {
        "frame/levels.csv": write_csv(frame.HEADS, frame.levels_of_frame(found)),
        "coding/frames.csv": write_csv(coding.FRAME_HEADS, list(coding.coding_frames(found))),
        "coding/codes.csv": write_csv(coding.COUNT_HEADS, list(coding.counts_of_codes(found))),
        "disclosure/log.txt": telling.disclosure_log(found).encode(),
        "disclosure/hidden.csv": write_csv(telling.HIDDEN_HEADS, list(telling.hidden_counts(found))),
        "recipe.json": (json.dumps(found.recipe.document()) + "\n").encode(),
        "reproduce.py": SCRIPT.read_bytes(),
    }


def _zipped(files: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, held in sorted(files.items()):
            about = zipfile.ZipInfo(name, date_time=EARLIEST)
            archive.writestr(about, held, compress_type=zipfile.ZIP_DEFLATED)
    return content.getvalue()
