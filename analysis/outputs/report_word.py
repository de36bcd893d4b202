"""A document as a Word file, the same bytes for the same document."""

import io
import zipfile
from collections.abc import Callable

from analysis.core.document.blocks import Document
from analysis.outputs.zipping import zipped

Progress = Callable[[str, int, int], None]
STEPS = 2


def make_word(document: Document, progress: Progress) -> bytes:
    """Return the file: headings, captions and lists as Word has them, so that it can be edited and commented on."""
    from analysis.outputs.word.writing import Writer  # noqa: PLC0415 -- a library that most processes never need

    progress("Writing the Word document", STEPS, STEPS)
    writer = Writer(document)
    writer.write()
    content = io.BytesIO()
    writer.file.save(content)
    return _without_times(content.getvalue())


def _without_times(content: bytes) -> bytes:
    """The same package with no time of its making in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        return zipped({about.filename: read.read(about) for about in read.infolist()})
