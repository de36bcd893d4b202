"""The words of anything that a person can be given, by what it is: nothing that could name an object is left out.

Pages and text are read as they stand, with what is in their tags. PDF: text, links, names of files inside, metadata.
Word and spreadsheets: every part of the bundle, properties too. Letters: every header and part, files inside by what
they are.
"""

import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from html import unescape

DEEPEST = 3  # bundles in bundles
FOLDED = re.compile(r"\r?\n[ \t]")  # how a calendar entry breaks its lines


def text_of(content: bytes, *, depth: int = 0) -> str:
    """All that it says, its names and properties among it; what cannot be read as what it seems is read as text."""
    if content.startswith(b"%PDF"):
        return "\n".join(_pdf(content))
    if content.startswith(b"PK\x03\x04") and depth < DEEPEST:
        return "\n".join(_bundle(content, depth=depth))
    if content.startswith(b"\x1f\x8b") and depth < DEEPEST:
        return text_of(gzip.decompress(content), depth=depth + 1)
    if _is_letter(content):
        return "\n".join(_letter(content, depth=depth))
    text = content.decode("utf-8", "replace")
    if text.lstrip("\ufeff").startswith("BEGIN:VCALENDAR"):
        return FOLDED.sub("", text)
    return unescape(text) if "<" in text else text


def _pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    yield "\n".join(str(value) for value in (reader.metadata or {}).values())
    found = reader.xmp_metadata
    yield found.stream.get_data().decode("utf-8", "replace") if found else ""
    for page in reader.pages:
        yield page.extract_text()
        for each in page.get("/Annots") or ():
            yield str(each.get_object())
    yield from (name for name in reader.attachments)
    yield str(reader.root_object.get("/Names", ""))
    yield "\n".join(f"document id: {each.original_bytes.hex()}" for each in reader.trailer.get("/ID", ()))


def _bundle(content: bytes, *, depth: int) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            yield bundle.comment.decode("utf-8", "replace")
            for each in bundle.infolist():
                yield f"{each.filename} {each.comment.decode('utf-8', 'replace')}"
                yield text_of(bundle.read(each), depth=depth + 1)
    except zipfile.BadZipFile:
        yield content.decode("utf-8", "replace")


def _is_letter(content: bytes) -> bool:
    head = content[:4000].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return b"\nMIME-Version:" in b"\n" + head or b"\nMessage-ID:" in b"\n" + head


def _letter(content: bytes, *, depth: int) -> Iterator[str]:
    letter = message_from_bytes(content, policy=policy.default)
    for part in letter.walk():
        yield "\n".join(f"{name}: {value}" for name, value in part.items())
        if part.is_multipart():
            continue
        try:
            inside = part.get_content()
        except (KeyError, LookupError, MessageError):
            inside = part.get_payload(decode=True)
        yield text_of(inside.encode() if isinstance(inside, str) else bytes(inside or b""), depth=depth + 1)
