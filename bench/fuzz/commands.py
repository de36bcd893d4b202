"""Commands and importers with hostile files and words: they end with a sentence or do their work."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from random import Random
from unittest import mock

from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command, get_commands

from accounts.commands import OperatorCommand
from accounts.outbox.bounces import read_report
from accounts.refusals import Refusal
from bench.fuzz.files import DOCUMENTS, LARGE, SMALL, content
from bench.fuzz.words import hostile
from respondents.register.proposing import checked_tables
from respondents.tabular.lines import FileRefused
from survey.schema.answers import InvalidAnswer, parse
from survey.schema.document import Questionnaire, load
from survey.schema.source import DocumentError
from tests import builders

OURS = ("accounts", "analysis", "respondents", "survey")
# With right arguments these take seconds in processes of their own, or write and read whole databases.
LEFT_OUT = {"backup", "backup_key", "build_deposit", "build_report", "restore", "restore_check"}
WANTED = (CommandError, ValidationError, Refusal, FileRefused, DocumentError, InvalidAnswer)
F, W, X = "FILE", "WORD", "munro-2012"
LINES: dict[str, tuple[tuple[str, ...], ...]] = {
    "add_staff": ((W, "--role", "analyst", "--name", W), ("a@example.org", "--role", W, "--name", W)),
    "approve_role": ((W,),),
    "approve_reopening": ((W,),),
    "read_bounces": ((W,),),
    "rotate_keys": ((W,),),
    "end_sessions": ((W,),),
    "address_digest": ((W,),),
    "forget_provider_accounts": ((W,),),
    "verify_audit": (("--anchor", W),),
    "export_tables": ((X, "--format", W, "--output", W), (W, "--format", "csv", "--output", "/tmp/x/y/z")),
    "import_codings": ((X, F), (W, F)),
    "import_frame": ((X, "F1.details", F), (X, W, F)),
    "open_wave": (
        (W, "--questionnaire", "munro-2012", "--opens", "2031-01-01T09:00", "--closes", W),
        ("a-name", "--questionnaire", W, "--opens", W, "--closes", "2031-01-01T09:00", "--title", W),
    ),
    "apply_retention": (("--dry-run", W),),
    "import_register": (("--authorities", F, "--boards", F), ("--authorities", W, "--boards", W)),
    "import_returns": ((X, F), (X, F, "--dry-run"), (W, F)),
    "invite": ((W,), (X, "--board", W)),
    "verify_submissions": ((W,),),
    "check_questionnaire": ((F,), (W,)),
    "publish_questionnaire": ((F,), (W,)),
}


def missing() -> list[str]:
    """Commands of the product that nobody drives here."""
    ours = {name for name, app in get_commands().items() if app in OURS}
    return sorted(ours - LINES.keys() - LEFT_OUT)


def command_input(rng: Random) -> tuple[str, Callable[[], object]]:
    """A command with spoiled arguments: its name, and what runs it."""
    name = rng.choice(sorted(LINES))
    words = rng.choice(LINES[name])

    def run() -> None:
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(OperatorCommand, "needs_database", new=False):
            said = [_argument(word, Path(folder), rng, name) for word in words]
            notice = TextIOWrapper(BytesIO(hostile(rng).encode("utf-8", "replace")))
            with mock.patch("sys.stdin", notice), suppress(*WANTED):
                call_command(name, *said, stdout=StringIO(), stderr=StringIO())

    return f"command {name}", run


def importer_input(rng: Random) -> tuple[str, Callable[[], object]]:
    """A file or word given straight to what reads it: what it is, and what reads it."""
    kind = rng.choices(("tables", "questionnaire", "notice", "answers"), (8, 8, 20, 64))[0]
    if kind == "tables":
        files = [(hostile(rng)[:80], _file(rng)) for _ in range(rng.choice((1, 2)))]
        return kind, lambda: _wanted(lambda: checked_tables(files, encoding=rng.choice(("", "cp1252"))))
    if kind == "questionnaire":
        text = _document(rng)
        return kind, lambda: _wanted(lambda: load(text))
    if kind == "notice":
        return kind, lambda: read_report(_notice(rng))
    return kind, lambda: _answers(rng)


@cache
def munro() -> Questionnaire:
    """The questionnaire of 2012."""
    return load(builders.MUNRO.read_text("utf-8"))


def _answers(rng: Random) -> None:
    items = munro().items
    item = items[rng.choice(sorted(items))]
    raw: str | list[str] = hostile(rng) if rng.random() < 0.8 else [hostile(rng) for _ in range(3)]
    _wanted(lambda: parse(item, raw))


def _wanted(work: Callable[[], object]) -> None:
    with suppress(*WANTED):
        work()


def _file(rng: Random) -> bytes:
    return content(rng.choice(sorted(LARGE if rng.random() < 0.004 else SMALL)))


def _document(rng: Random) -> str:
    """A questionnaire that is spoiled in one place, or no questionnaire."""
    if rng.random() < 0.3:
        return rng.choice(sorted(DOCUMENTS.values()))
    lines = builders.MUNRO.read_text("utf-8").splitlines()[: rng.choice((30, 60, 90))]
    place = rng.randrange(len(lines))
    key, colon, _ = lines[place].partition(":")
    lines[place] = f"{key}{colon} {hostile(rng)[:3000]}" if rng.random() < 0.7 else hostile(rng)[:3000]
    return "\n".join(lines)


def _notice(rng: Random) -> bytes:
    heads = ("Content-Type", "Final-Recipient", "Status", "Action", "X", "Message-ID", "Content-Transfer-Encoding")
    kinds = ("multipart/report; boundary=x", "message/delivery-status", "text/plain; charset=x", hostile(rng)[:200])
    lines = [f"{rng.choice(heads)}: {rng.choice((*kinds, hostile(rng)[:500]))}" for _ in range(rng.choice((2, 9)))]
    return "\r\n".join([*lines, "", "--x", *lines, "", "--x--"]).encode("utf-8", "replace")


def _argument(word: str, folder: Path, rng: Random, name: str) -> str:
    if word == W:
        return hostile(rng)[:2000].replace("\0", "")  # no system hands a program an argument with one
    if word != F:
        return word
    path = folder / f"{rng.randrange(10**6)}"
    path.write_bytes(_document(rng).encode("utf-8", "replace") if "questionnaire" in name else _file(rng))
    return str(path)
