"""Files handed to a person: under a plain name, kept by no cache on the way."""

import re
from dataclasses import dataclass

from django.http import HttpResponse


@dataclass(frozen=True)
class Kind:
    """A kind of file."""

    ending: str
    content_type: str


PDF = Kind("pdf", "application/pdf")
WORD = Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
CSV = Kind("csv", "text/csv; charset=utf-8")
JSON = Kind("json", "application/json; charset=utf-8")

_NOT_PLAIN = re.compile("[^a-z0-9]+")


def attachment(content: bytes, *, name: str, kind: Kind) -> HttpResponse:
    """The file as a download; of its name, only letters and digits are left."""
    plain = _NOT_PLAIN.sub("-", name.lower()).strip("-")
    headers = {
        "Content-Disposition": f'attachment; filename="{plain}.{kind.ending}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=kind.content_type, headers=headers)
