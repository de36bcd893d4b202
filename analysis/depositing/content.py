"""Service: everything a deposit holds but for what is set as pages, from a release as it was released."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from analysis.builds.models import Build
from analysis.core.document.blocks import Document
from analysis.depositing import coding, frame, telling
from analysis.depositing.codebook import PrintedCodebook, printed_codebook, questionnaire_of
from analysis.depositing.gathering import Gathered, gathered
from analysis.depositing.signed import report_of_deposit
from analysis.disclosing.models import Release
from analysis.house_style.standing import dressed, house_at
from analysis.outputs import record_files
from analysis.outputs.ddi import DataFile, Material, ddi
from analysis.reports.documents import document_of
from respondents.copies.blank import BlankCopy
from respondents.tabular.writing import write_csv

Progress = Callable[[str, int, int], None]
GATHERED = 1  # the step that is done before anything is set
STEPS = GATHERED + 5
SCRIPT = Path(__file__).with_name("reproduce.py")
CODEBOOK, QUESTIONNAIRE, REPORT = (f"documents/{name}.pdf" for name in ("codebook", "questionnaire", "report"))
METHODOLOGY = "documents/methodology.pdf"

RECORDS: Mapping[str, tuple[str, Callable[..., bytes]]] = {
    "data/records.sav": ("records for SPSS", record_files.sav_of),
    "data/records.dta": ("records for Stata 14 and later", record_files.dta_of),
    "data/records.parquet": ("records as Parquet", record_files.parquet_of),
    "data/records.csv": ("records as CSV", record_files.csv_of),
    "data/records.csv-metadata.json": ("what stands in records.csv (CSV on the Web)", record_files.csvw_of),
}
WORDS: Mapping[str, str] = {
    CODEBOOK: "every column with its codes, and how many records hold each",
    QUESTIONNAIRE: "the questionnaire as it was asked",
    REPORT: "the report as it was signed off; of a release without a signed report, as its text stood at the release",
    METHODOLOGY: "how the survey was done: fieldwork, outcomes, response, disclosure, coding",
    "metadata/ddi-codebook.xml": "study, files and variables as DDI Codebook 2.5",
    "frame/levels.csv": "the levels of the frame: eligible boards and authorities, returns as released",
    "frame/outcomes.csv": "how many boards have each outcome, as released",
    "coding/frames.csv": "the coding frames of answers in words",
    "coding/codes.csv": "how many boards have each code, as released",
    "disclosure/log.txt": "who decided what about the release, with reasons",
    "disclosure/hidden.csv": "every hidden count with its rule, and what could be deduced of it",
    "recipe.json": "which records every released number counts",
    "reproduce.py": "counts every released number again (needs pandas)",
}
OF_TABLES = "the tables as they were released"


@dataclass(frozen=True)
class DepositContent:
    """The files that are made already, and what the documents say that are still to be set."""

    files: Mapping[str, bytes]
    codebook: PrintedCodebook
    questionnaire: BlankCopy
    report: Document | None  # none where the signed file is among the files
    methodology: Document


def gather_deposit(build: Build, progress: Progress, *, now: datetime) -> DepositContent:
    """What the deposit of the build's release holds."""
    progress("Writing the records", GATHERED, STEPS)
    return content_of_deposit(build.wave.releases.get(number=build.number or 0))


def content_of_deposit(release: Release) -> DepositContent:
    """The same for a release; NotReleased unless it has been let go.

    Nothing in it depends on the day, nor on what was recorded after the release was prepared, but for its report: that
    is the file that was signed off with the last edition of the release, once there is one.
    """
    found = gathered(release)
    files = {**_records(found), **_tables(found), **_explained(found), "metadata/ddi-codebook.xml": described(found)}
    report = report_of_deposit(release, released_at=found.released_at)
    words = words_of([*files, CODEBOOK, QUESTIONNAIRE, REPORT, METHODOLOGY])
    return DepositContent(
        files=files | _signed(report) | {"README.txt": telling.read_me(found, words).encode()},
        codebook=printed_codebook(found),
        questionnaire=questionnaire_of(found),
        report=None if isinstance(report, bytes) else report,
        methodology=_methodology(found),
    )


def _signed(report: bytes | Document) -> dict[str, bytes]:
    return {REPORT: report} if isinstance(report, bytes) else {}


def _methodology(found: Gathered) -> Document:
    at = found.released_at
    return dressed(document_of("methodology", found.wave, now=at, release=found.release), house_at(at))


def described(found: Gathered) -> bytes:
    """The study and its records for archives."""
    data_files = [DataFile(name, words) for name, (words, _) in RECORDS.items() if not name.endswith(".json")]
    others = [Material(name, words) for name, words in WORDS.items() if name.startswith("documents/")]
    access = [*found.access.sentences, *(f"Left out: {each}." for each in telling.HELD_BACK)]
    return ddi(found.study, found.data, files=data_files, materials=others, access=access)


def words_of(names: list[str]) -> dict[str, str]:
    """What each file is."""
    known = {**WORDS, **{name: words for name, (words, _) in RECORDS.items()}}
    return {name: known.get(name, OF_TABLES) for name in names}


def _records(found: Gathered) -> dict[str, bytes]:
    return {name: write(found.data) for name, (_, write) in RECORDS.items()}


def _tables(found: Gathered) -> dict[str, bytes]:
    """The very files of the release."""
    with zipfile.ZipFile(io.BytesIO(bytes(found.release.content))) as archive:
        return {f"tables/{name}": archive.read(name) for name in archive.namelist()}


def _explained(found: Gathered) -> dict[str, bytes]:
    return {
        "frame/levels.csv": write_csv(frame.HEADS, frame.levels_of_frame(found)),
        "frame/outcomes.csv": write_csv(frame.OUTCOME_HEADS, frame.outcomes_of_boards(found)),
        "coding/frames.csv": write_csv(coding.FRAME_HEADS, list(coding.coding_frames(found))),
        "coding/codes.csv": write_csv(coding.COUNT_HEADS, list(coding.counts_of_codes(found))),
        "disclosure/log.txt": telling.disclosure_log(found).encode(),
        "disclosure/hidden.csv": write_csv(telling.HIDDEN_HEADS, list(telling.hidden_counts(found))),
        "recipe.json": (json.dumps(found.recipe.document()) + "\n").encode(),
        "reproduce.py": SCRIPT.read_bytes(),
    }
