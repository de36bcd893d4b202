"""Files that are sent are shown to a scanner first: what it finds is not taken, nor is what it could not see."""

import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingUnixStreamServer
from threading import Thread

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.scanning import AWAY, FOUND, PIECE, ScannedFileField
from tests.builders import ROOT

pytestmark = pytest.mark.pure
# The word by which scanners are tried everywhere, in two halves so that none takes this file away.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD" + b"-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(StreamRequestHandler):
    """Speaks as clamd does, and finds the one word."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        seen = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            seen += self.rfile.read(size)
        said = b"INSTREAM size limit exceeded. ERROR" if len(seen) > 200_000 else b"stream: OK"
        self.wfile.write((b"stream: Eicar-Test-Signature FOUND" if EICAR in seen else said) + b"\0")


@contextmanager
def scanner(folder: Path) -> Iterator[str]:
    with ThreadingUnixStreamServer(str(folder / "clamd"), Clamd) as found:
        thread = Thread(target=found.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"unix://{folder}/clamd"
        found.shutdown()
        thread.join()


def told(content: bytes) -> str:
    try:
        taken = ScannedFileField().clean(SimpleUploadedFile("a.csv", content))
    except ValidationError as error:
        return error.messages[0]
    assert taken is not None
    assert taken.read() == content  # from its beginning
    return "taken"


def test_what_the_scanner_finds_is_refused_and_so_is_what_nobody_could_look_at(
    tmp_path: Path, settings: LazySettings
) -> None:
    late = b"," * PIECE + EICAR  # across two pieces
    with scanner(tmp_path) as settings.SCANNER_URL:
        found = [told(each) for each in (b"a,b\n1,2\n", EICAR, late, b"x" * 200_001)]
    settings.SCANNER_URL = f"unix://{tmp_path}/nobody"
    away = told(b"a,b\n")
    settings.SCANNER_URL = ""

    assert (found, away, told(EICAR)) == (["taken", FOUND, FOUND, AWAY], AWAY, "taken")


def test_every_place_that_takes_a_file_shows_it_to_the_scanner() -> None:
    rooms = ("accounts", "analysis", "config", "respondents", "survey")
    files = [path for room in rooms for path in (ROOT / room).rglob("*.py")]
    assert [path.name for path in files if re.search(r"\bforms\.(File|Image)Field\b", path.read_text())] == [
        "scanning.py"
    ]
