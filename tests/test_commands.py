"""The commands as an operator types them: sentences on standard error, exit code 0 or 1, nothing half-done."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.commands import read_bytes
from accounts.outbox.maildir import NoMaildir, read_maildir
from respondents.returns.models import Return
from survey.models import QuestionnaireVersion, Wave
from tests.builders import MUNRO, NOW, REGISTER, RETURNS, ROOT, two_boards, wave

pytestmark = pytest.mark.django_db

OPENS, CLOSES = "--opens=2012-02-01T09:00", "--closes=2012-03-02T17:00"


def run(*arguments: str) -> str:
    """What the command says; CommandError if it fails."""
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def told(*arguments: str) -> list[str]:
    """The lines with which the command fails."""
    with pytest.raises(CommandError) as error:
        run(*arguments)
    return str(error.value).splitlines()


def register() -> str:
    return run(
        "import_register", f"--authorities={REGISTER / 'authorities.csv'}", f"--boards={REGISTER / 'boards.csv'}"
    )


def test_a_wave_may_ask_for_a_second_persons_signature() -> None:
    register()
    run("publish_questionnaire", str(MUNRO))
    run("open_wave", "signed", "--questionnaire=munro_2012", OPENS, CLOSES, "--signature")
    run("open_wave", "plain", "--questionnaire=munro_2012", OPENS, CLOSES)
    assert dict(Wave.objects.values_list("slug", "needs_signature")) == {"signed": True, "plain": False}


def test_the_whole_survey_runs_from_the_commands(tmp_path: Path) -> None:
    target = tmp_path / "tables.csv"

    said = [
        register(),
        run("publish_questionnaire", str(MUNRO)),
        run("open_wave", "munro-2012", "--questionnaire=munro_2012", OPENS, CLOSES),
        run("import_returns", "munro-2012", str(RETURNS)),
        run("export_tables", "munro-2012", "--format=csv", f"--output={target}"),
    ]

    assert said[0] == "Authorities: 152 added.\nBoards: 148 added.\n"
    assert said[2] == "Opened munro-2012 with 148 returns on munro_2012 version 1.\n"
    assert said[3] == "57 returns added, 0 already there.\n"
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["table", "row", "column", "measure", "value", "base", "marker", "note"]
    assert {row["measure"] for row in rows} == {"count", "percent"}
    on_both = {"table_3-answered", "table_4-answered"}
    assert {row["table"] for row in rows} == {f"table_{number}" for number in range(1, 11)} | on_both
    assert all(row["note"].startswith("For the team: not checked for disclosure.") for row in rows)

    run("export_tables", "munro-2012", "--format=csv", "--intervals", f"--output={target}")
    assert ",interval_low," in target.read_text(encoding="utf-8")


def test_the_exported_figures_are_the_published_ones_but_for_the_eleven_errata(tmp_path: Path) -> None:
    target = tmp_path / "tables.json"
    register()
    run("publish_questionnaire", str(MUNRO))
    run("open_wave", "any-name", "--questionnaire=munro_2012", OPENS, CLOSES)
    run("import_returns", "any-name", str(RETURNS))

    run("export_tables", "any-name", "--format=json", f"--output={target}")

    ours = {(r["table"], r["row"], r["column"], r["measure"]): r for r in json.loads(target.read_text("utf-8"))}
    with (ROOT / "tests" / "golden" / "data" / "published_tables.csv").open(encoding="utf-8", newline="") as file:
        printed = [row for row in csv.DictReader(file) if row["value_number"] and ".laming" not in row["column"]]
    differing = [
        ours[row["table"], row["row"], row["column"], row["measure"]]
        for row in printed
        if ours[row["table"], row["row"], row["column"], row["measure"]]["value"] != int(row["value_number"])
    ]
    known = ["E03", "E04", "E05", "E09", "E11", "E14", "E15", "E16", "E17", "E18", "E19"]
    assert (len(printed), sorted(figure["erratum"] for figure in differing)) == (648, known)


def test_a_wave_without_returns_exports_tables_without_percentages(tmp_path: Path) -> None:
    target = tmp_path / "tables.csv"
    wave()

    run("export_tables", "munro-2012", "--format=csv", f"--output={target}")

    with target.open(encoding="utf-8", newline="") as file:
        agree = [row for row in csv.DictReader(file) if (row["table"], row["row"]) == ("table_5", "agree")]
    assert [(row["measure"], row["value"], row["marker"]) for row in agree] == [
        ("count", "0", ""),
        ("percent", "", "[x]"),
    ]


def test_an_unknown_wave_is_told_with_those_there_are() -> None:
    wave()

    assert told("export_tables", "munro", "--format=csv", "--output=/dev/null") == [
        "There is no wave called “munro”. There are: munro-2012."
    ]


@pytest.mark.parametrize("command", ["check_questionnaire", "publish_questionnaire"])
def test_a_broken_questionnaire_is_told_by_line(command: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(MUNRO.read_text(encoding="utf-8").replace("scale: quality5", "scale: quality6"), encoding="utf-8")

    lines = told(command, str(broken))

    assert len(lines) == 7
    assert all("quality6" in line and line.startswith("line ") for line in lines[:6])
    assert not QuestionnaireVersion.objects.exists()


def test_a_sound_questionnaire_is_counted() -> None:
    assert run("check_questionnaire", str(MUNRO)) == ("munro_2012: 8 sections, 29 questions, 100 items. No problems.\n")


def test_a_file_that_is_not_there_is_named() -> None:
    assert told("check_questionnaire", "nothing.yaml") == ["nothing.yaml: cannot be read (No such file or directory)."]


def test_a_document_that_is_not_utf_8_is_told_by_line(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("code: x\ntitle: Zoë\n".encode("cp1252"))

    assert told("publish_questionnaire", str(latin)) == [
        f"{latin}: line 2 is not UTF-8 text. Save the file as UTF-8 and try again."
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--questionnaire=munro", OPENS, CLOSES],
            "There is no published questionnaire called “munro”. Published are: munro_2012.",
        ),
        (
            ["--questionnaire=munro_2012", "--opens=soon", CLOSES],
            "--opens: “soon” is not a time such as 2012-03-02T17:00.",
        ),
        (
            ["--questionnaire=munro_2012", OPENS, "--closes=2012-01-01"],
            "The closing time is not after the opening time. Give a later closing time.",
        ),
        (
            ["--questionnaire=munro_2012", OPENS, CLOSES, "--plan=other"],
            "There is no analysis plan called “other”. There are: munro_2012.",
        ),
    ],
)
def test_a_wave_that_cannot_be_opened_is_told_why(arguments: list[str], message: str) -> None:
    two_boards()
    run("publish_questionnaire", str(MUNRO))

    assert told("open_wave", "w", *arguments)[0] == message
    assert not Wave.objects.exists()


def test_a_file_of_returns_with_bad_cells_imports_nothing(tmp_path: Path) -> None:
    wave()
    file = tmp_path / "returns.csv"
    file.write_text("return_id,board,C1\nS1,barnet,agreed\nS2,nowhere,agree\n", encoding="utf-8")

    lines = told("import_returns", "munro-2012", str(file))

    assert [line.split(":")[0] for line in lines[:2]] == ["line 2, column C1", "line 3, column board"]
    assert lines[-1] == "Nothing was imported."
    assert not Return.objects.submitted().exists()


def test_an_output_that_cannot_be_written_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    wave()

    lines = told("export_tables", "munro-2012", "--format=csv", f"--output={tmp_path / 'no' / 'tables.csv'}")

    assert lines == [f"{tmp_path / 'no' / 'tables.csv'}: cannot be written (No such file or directory)."]


@pytest.mark.parametrize("path", ["x\0y", "x" * 5_000])
def test_a_path_that_no_file_can_have_is_refused_in_words(path: str) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        read_bytes(path)
    with pytest.raises(NoMaildir, match="is no Maildir"):
        read_maildir(path, now=NOW)


@pytest.mark.once
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["import_returns"], "the following arguments are required: wave, file"),
        (["export_tables", "w", "--format", "xls", "--output", "x"], "argument --format: invalid choice: 'xls'"),
        (["publish_questionnaire", "nothing.yaml"], "The database is not up to date: run “manage.py migrate” first."),
    ],
)
def test_in_a_process_of_its_own_a_command_ends_with_1_and_speaks_on_standard_error(
    arguments: list[str], message: str, tmp_path: Path
) -> None:

    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}

    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
