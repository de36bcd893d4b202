"""A deposit holds what a release was made from, without what names a board, and counts every number of it again."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.models import Role, User
from analysis.builds.models import Build
from analysis.core.document.blocks import Document
from analysis.core.release.record import read
from analysis.depositing.bundling import make_deposit
from analysis.depositing.content import content_of_deposit
from analysis.depositing.keying import key_of
from analysis.depositing.refusals import NoKey, NotQuotable, NotReleased
from analysis.depositing.signed import report_of_deposit, signed_edition
from analysis.disclosing.accounting import account_of
from analysis.disclosing.deciding import gather_decisions, make_decisions
from analysis.disclosing.material import material_of
from analysis.disclosing.models import Release, ReleaseChoice, ReleaseState, ReleaseStep
from analysis.disclosing.packing import covered_tables, pack
from analysis.milestones.recording import freeze_data
from analysis.publishing.models import Edition, EditionFile, Publication, SignOff
from analysis.templating.models import ReportText
from respondents.register.models import Board, Region
from respondents.returns.importing import import_returns
from respondents.returns.models import Submission
from survey.models import Wave
from tests.builders import RETURNS, person, sign_in, wave, whole_register
from tests.kept import kept
from tests.pdf_tags import tagged

pytestmark = [pytest.mark.django_db, pytest.mark.once]

OUT = ["table_3-by-region", "table_3-by-authority-type", *(f"table_{n}" for n in (4, 6, 7, 8, 9, 10))]
DDI = "{ddi:codebook:2_5}"


def quietly(*_: object) -> None:
    """Nobody waits for progress."""


def released() -> Release:
    """Release 1 of the wave of 2012, with three national tables, one of them by region and type, and who answered."""
    whole_register()
    ann, bob = (person(f"{name}@example.org", role=Role.ANALYST) for name in ("ann", "bob"))
    now = timezone.now()
    found = wave(opens_at=now - timedelta(days=20), closes_at=now - timedelta(days=1))
    import_returns(found, RETURNS.read_bytes(), now=now - timedelta(days=2))
    for each in OUT:
        ReleaseChoice.objects.create(
            wave=found, kind="leave_out", value=each, reason="Too long.", made_by=ann, made_at=now
        )
    freeze_data(found, by=ann, now=now)
    return let_go(found, by=(ann, bob), now=now)


def let_go(found: Wave, *, by: tuple[User, User], now: datetime) -> Release:
    """As the services make it (tests/analysis/disclosing), without their three audits."""
    build = SimpleNamespace(wave=found)
    kept = json.loads(make_decisions(gather_decisions(build, quietly, now=now), quietly))  # type: ignore[arg-type]
    material = material_of(found, now=timezone.now())
    decisions = read(kept["decisions"])
    made = covered_tables(material, decisions, number=1, prepared=now)
    content = pack(made)
    release = Release.objects.create(
        wave=found,
        number=1,
        extract=material.extract,
        plan=material.plan_digest,
        decisions=kept["decisions"],
        account=account_of(material, made.tables, smallest=decisions.smallest, now=now),
        after=[],
        content=content,
        digest=sha256(content).hexdigest(),
        prepared_by=by[0],
        prepared_at=now,
    )
    for state in (ReleaseState.CHECKED, ReleaseState.RELEASED):
        ReleaseStep.objects.create(release=release, state=state, by=by[1], at=now)
    return release


@pytest.fixture(scope="module")
def release_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Release]:
    with kept(released, django_db_blocker) as made:
        yield made


@pytest.fixture(scope="module")
def bundle(release_once: Release, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The deposit, unpacked."""
    with django_db_blocker.unblock():
        content = content_of_deposit(release_once)
    folder = tmp_path_factory.mktemp("deposit")
    parts = {name: getattr(content, name) for name in ("report", "methodology")}  # other tests set them whole
    short = replace(content, **{name: replace(each, blocks=each.blocks[:2]) for name, each in parts.items()})
    with zipfile.ZipFile(io.BytesIO(make_deposit(short, quietly))) as archive:
        archive.extractall(folder)
    return folder


def test_the_report_is_the_file_that_was_signed_off_and_else_the_text_of_the_release(release_once: Release) -> None:
    release, by = Release.objects.get(pk=release_once.pk), release_once.prepared_by
    at = release.prepared_at
    later = {"digest": "d", "problems": 0, "written_by": by, "written_at": at + timedelta(hours=1)}
    ReportText.objects.create(wave=release.wave, number=1, text="---\ntitle: Later\n---\n\n# Later\n", **later)
    report = report_of_deposit(release, released_at=at)
    assert isinstance(report, Document)
    assert report.cover.title != "Later"

    found = Publication.objects.create(wave=release.wave, slug="out", title="Out", started_by=by, started_at=at)
    first = edition_of(release, found, number=1, file=b"%PDF signed")
    assert signed_edition(release) is None
    SignOff.objects.create(edition=first, by=by, at=at)
    assert report_of_deposit(release, released_at=at) == b"%PDF signed"
    quoting = edition_of(release, found, number=2, file=b"%PDF", quotes=[404])
    SignOff.objects.create(edition=quoting, by=by, at=at + timedelta(hours=1))
    with pytest.raises(NotQuotable, match="no permission any more"):
        report_of_deposit(release, released_at=at)


def edition_of(
    release: Release, found: Publication, *, number: int, file: bytes, quotes: Sequence[int] = ()
) -> Edition:
    """With its report, made row by row."""
    made = {"prepared_by": release.prepared_by, "prepared_at": release.prepared_at, "quotes": [*quotes]}
    about = {"page": {}, "tables": [], "content": b"", "digest": "d", **made}
    edition = Edition.objects.create(publication=found, number=number, release=release, **about)
    EditionFile.objects.create(edition=edition, form="pdf", content=file, size=len(file), digest="d")
    return edition


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    """The script as whoever has the deposit runs it: in a process that knows nothing of ours."""
    command = [sys.executable, "-I", str(folder / "reproduce.py")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def lines(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_every_released_number_is_found_again_and_a_wrong_one_is_named(bundle: Path, tmp_path: Path) -> None:
    told = run(bundle)
    assert (told.returncode, told.stdout.splitlines()[-1]) == (0, "Every number was found again.")
    assert "table_5: 34 as released" in told.stdout  # with five intervals and bounds
    assert re.search(r"table_2: \d+ as released, \d+ withheld \[c\]", told.stdout)
    assert "outcomes: 22 as released, 2 without a number" in told.stdout  # with RR2 and RR1
    assert re.search(r"table_3-answered: \d+ of other surveys, \d+ as released, \d+ without a number", told.stdout)
    assert re.search(r"table_3: 105 of other surveys, 546 as released", told.stdout)

    copy = tmp_path / "copy"
    shutil.copytree(bundle, copy)
    tables = (copy / "tables" / "tables.csv").read_text()
    figure = re.search(r"^table_5,agree,frequency,count,(\d+),57,", tables, re.MULTILINE)
    assert figure
    wrong = figure[0].replace(f",{figure[1]},", f",{int(figure[1]) - 1},")
    end = re.search(r"^table_5,agree,frequency,interval_low,(\d+),148,", tables, re.MULTILINE)
    assert end
    beyond = end[0].replace(f",{end[1]},", f",{int(end[1]) - 1},")
    (copy / "tables" / "tables.csv").write_text(tables.replace(figure[0], wrong).replace(end[0], beyond))
    told = run(copy)
    assert told.returncode == 1
    assert f"  agree frequency count: released {int(figure[1]) - 1} of 57, here ({figure[1]}, 57)" in told.stdout
    assert f"  agree frequency interval_low: released {int(end[1]) - 1} of 148, here ({end[1]}, 148)" in told.stdout
    assert told.stdout.splitlines()[-1] == "2 DIFFERENT."


def test_every_file_is_there_whole_and_named(bundle: Path) -> None:
    listed = (line.split("  ") for line in (bundle / "SHA256SUMS").read_text().splitlines())
    sums = {name: digest for digest, name in listed}
    there = {str(path.relative_to(bundle)) for path in bundle.rglob("*") if path.is_file()}
    assert there == {*sums, "SHA256SUMS"}
    assert {name: sha256((bundle / name).read_bytes()).hexdigest() for name in sums} == sums
    read_me = (bundle / "README.txt").read_text()
    assert all(f"{name}: " in read_me for name in sums if name != "README.txt")
    assert {f"data/records.{kind}" for kind in ("sav", "dta", "parquet", "csv")} < there
    assert {f"documents/{name}.pdf" for name in ("codebook", "questionnaire", "report", "methodology")} < there


def test_nothing_in_it_names_a_board_that_answered(bundle: Path, release_once: Release) -> None:
    names = [board.name.removesuffix(" Local Safeguarding Children Board") for board in Board.objects.all()]
    records = lines(bundle / "data" / "records.csv")
    told = (bundle / "data" / "records.csv").read_text() + (bundle / "data" / "records.csv-metadata.json").read_text()

    assert len(records) == 57
    assert [name for name in names if len(name) > 6 and name in told] == []
    assert list(records[0])[:3] == ["case", "authority_type_group", "region_group"]
    assert {record["region_group"] for record in records} == {"1", "2", "3"}
    hidden = [line for line in lines(bundle / "frame" / "levels.csv") if line["marker"] == "[c]"]
    assert {"East Midlands", "South West"} <= {line["level"] for line in hidden} <= {"", *Region.values}
    assert {line["returns"] for line in hidden} == {""}
    assert "controlled access" in (bundle / "README.txt").read_text()


def test_the_frequencies_of_the_codebook_are_those_of_the_table(bundle: Path) -> None:
    var = ET.parse(bundle / "metadata" / "ddi-codebook.xml").getroot().find(f".//{DDI}var[@name='C1']")
    assert var is not None
    codebook = {each.findtext(f"{DDI}labl"): each.findtext(f"{DDI}catStat") for each in var.iter(f"{DDI}catgry")}
    table = {
        line["row"]: line["value"]
        for line in lines(bundle / "tables" / "tables.csv")
        if (line["table"], line["column"], line["measure"]) == ("table_5", "frequency", "count")
    }
    shown = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree")
    assert [codebook[label] for label in shown] == [table[label.lower().replace(" ", "_")] for label in shown]
    assert sum(int(number or 0) for number in codebook.values()) == 57


def test_the_codebook_on_paper_is_tagged(bundle: Path) -> None:
    with pikepdf.open(bundle / "documents" / "codebook.pdf") as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert len(tagged(pdf, "/Table")) > 20
        assert all("/Headers" in cell.A for cell in tagged(pdf, "/TD"))


def test_the_same_release_gives_the_same_files(bundle: Path, release_once: Release) -> None:
    again = content_of_deposit(Release.objects.get())
    assert {name: (bundle / name).read_bytes() for name in again.files} == again.files


def test_the_log_says_who_chose_what_and_why(bundle: Path) -> None:
    log = (bundle / "disclosure" / "log.txt").read_text()
    assert "- Leave out: table_4. Too long. (Ann, " in log
    assert "Released by Bob, " in log
    assert "one or two boards" in {line["why"] for line in lines(bundle / "disclosure" / "hidden.csv")}


def test_an_analyst_asks_for_it_on_the_page_of_the_wave(client: Client, release_once: Release) -> None:
    sign_in(client, person("ann@example.org", role=Role.ANALYST))
    page = client.get("/waves/munro-2012/tables/deposit/").content.decode()
    assert "Release 1: Controlled access" in page
    assert "57 records with 91 columns" in page

    asked = client.post("/waves/munro-2012/tables/deposit/1/build/")
    build = Build.objects.get(kind="deposit", number=1)
    assert (asked.status_code, asked["Location"]) == (303, f"/waves/munro-2012/report/{build.pk}/")
    assert "Waiting for a worker" in client.get("/waves/munro-2012/tables/deposit/").content.decode()


def test_the_key_tells_apart_from_the_deposit_whose_each_record_is(bundle: Path, release_once: Release) -> None:
    release = Release.objects.get()
    key = list(csv.DictReader(io.StringIO(key_of(release).decode("utf-8-sig"))))
    records = lines(bundle / "data" / "records.csv")
    sent = {f"{each.survey_return_id}": each.answers for each in Submission.objects.counting()}
    assert [line["case"] for line in key] == [record["case"] for record in records]
    for line, record in zip(key, records, strict=True):
        assert {code: record[code] for code in ("C1", "C2", "F3")} == {
            code: str(sent[line["return"]][code]) for code in ("C1", "C2", "F3")
        }
    assert sum(line["board"] != "" for line in key) == 51

    head = b"return_id,board,C1\n"
    import_returns(release.wave, head + b"late,,agree\n", now=timezone.now())
    with pytest.raises(NoKey, match="have changed since the data of Release 1"):
        key_of(release)


def test_what_was_not_released_is_not_deposited(client: Client, release_once: Release, tmp_path: Path) -> None:
    first = Release.objects.get()
    kept = {
        name: getattr(first, name) for name in ("wave", "extract", "plan", "decisions", "after", "content", "digest")
    }
    draft = Release.objects.create(number=2, prepared_by=first.prepared_by, prepared_at=first.prepared_at, **kept)
    with pytest.raises(NotReleased, match="has not been released"):
        content_of_deposit(draft)
    target = tmp_path / "deposit.zip"
    for number, reason in ((2, "has not been released"), (3, "has no release 3. There are: 1, 2.")):
        with pytest.raises(CommandError, match=reason):
            call_command("build_deposit", "munro-2012", release=number, output=str(target))
    assert not target.exists()
