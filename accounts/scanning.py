"""Files that people send are shown to a scanner for malicious content before anything reads them, if one is named."""

import socket
import struct
from contextlib import closing
from typing import IO, Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

SIZE = struct.Struct(">I")
PIECE, PATIENCE = 64 * 1024, 30
FOUND = "This file was refused by the scanner for malicious content. Do not open it; tell whoever it came from"
AWAY = "The file could not be scanned for malicious content just now, so it was not taken. Try again in a few minutes"


def require_harmless(file: IO[bytes]) -> None:
    """Raises ValidationError for a file in which the scanner found something, or that nobody could look at."""
    if not settings.SCANNER_URL:
        return
    file.seek(0)
    try:
        said = _ask(file)
    except OSError:
        raise ValidationError(AWAY) from None
    finally:
        file.seek(0)
    if said.endswith("FOUND"):
        raise ValidationError(FOUND)
    if not said.endswith("OK"):
        raise ValidationError(AWAY)


def _ask(file: IO[bytes]) -> str:
    """What clamd says of the file, by its own protocol: pieces with their lengths, and an empty one at the end."""
    with closing(_connected()) as line:
        line.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            line.sendall(SIZE.pack(len(piece)) + piece)
        line.sendall(SIZE.pack(0))
        said = b""
        while not said.endswith(b"\0") and (more := line.recv(4096)):
            said += more
    return said.rstrip(b"\0").decode(errors="replace").strip()


def _connected() -> socket.socket:
    where = urlsplit(settings.SCANNER_URL)
    if where.scheme == "tcp":
        return socket.create_connection((where.hostname, where.port or 3310), timeout=PATIENCE)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE)
    try:
        line.connect(where.path)
    except OSError:
        line.close()
        raise
    return line


class ScannedFileField(forms.FileField):
    """A place of a form in which a file is sent. Every such place is of this kind."""

    def __init__(self, **said: Any) -> None:
        super().__init__(**said)
        self.validators.append(require_harmless)
