"""Files as one zip file, the same bytes for the same files: no moment of making stands in it."""

import io
import zipfile
from collections.abc import Mapping

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that the format knows


def zipped(files: Mapping[str, bytes], *, first: Mapping[str, bytes] | None = None) -> bytes:
    """Return the files in the order given; those that must come `first` are stored as they are."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for held, kind in ((first or {}, zipfile.ZIP_STORED), (files, zipfile.ZIP_DEFLATED)):
            for name, inside in held.items():
                archive.writestr(zipfile.ZipInfo(name, date_time=EARLIEST), inside, compress_type=kind)
    return content.getvalue()
