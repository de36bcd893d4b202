"""What could name an object is found wherever it stands: in pages, files of each kind, letters, calendars and logs."""

import gzip
import io
import json
import zipfile
from email.message import EmailMessage

import pikepdf
import pytest

from bench.references.identifiers import Reference, addresses_in, identifiers_in, shape_of
from bench.references.reading import text_of

pytestmark = pytest.mark.pure

ONE = "3f2b8c14-9d6e-4a7b-8c21-0e5d4f6a7b8c"
FLAT = ONE.replace("-", "")
TOKEN = "Zk3-qLw9_tR5vB8nM2xC7yA1"
RECEIPT = "QK7D-93FM"


def values(content: bytes, kind: str) -> set[str]:
    """What is found of this kind."""
    return {each.value for each in identifiers_in(text_of(content)) if each.kind == kind}


def paper() -> bytes:
    """A page with a link, and properties."""
    made, target = pikepdf.new(), io.BytesIO()
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=f"http://testserver/returns/{ONE}/")
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page = made.add_blank_page()
    page.Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=link)])
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = made.make_stream(f"BT /F 12 Tf 20 20 Td (Receipt {RECEIPT}) Tj ET".encode())
    with made.open_metadata() as about:
        about["dc:identifier"] = f"urn:uuid:{FLAT}"
    made.docinfo["/Subject"] = f"token {TOKEN}"
    made.attachments["submission-41.csv"] = b"x"
    made.save(target)
    return target.getvalue()


def bundle(**parts: str | bytes) -> bytes:
    """A file of Office, as its reader sees it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as found:
        for name, inside in parts.items():
            found.writestr(name.replace("__", "/"), inside)
    return target.getvalue()


def letter() -> bytes:
    """A letter with a file of a calendar inside, coded as letters are."""
    made = EmailMessage()
    made["Subject"], made["Message-ID"], made["To"] = f"Your receipt {RECEIPT}", f"<{FLAT}@testserver>", "a@example.org"
    made.set_content(f"Open http://testserver/invitation/{TOKEN}/ — é", cte="base64")
    made.add_attachment(calendar(), maintype="text", subtype="calendar", filename="entry-87.ics")
    return bytes(made)


def calendar() -> bytes:
    """An entry whose lines are folded in the middle of a key."""
    lines = ("BEGIN:VCALENDAR", f"UID:{ONE[:20]}\r\n {ONE[20:]}@testserver", "URL:http://testserver/waves/munro/7/")
    return "\r\n".join((*lines, "END:VCALENDAR")).encode()


def test_a_paper_gives_its_words_links_and_properties_away() -> None:
    assert {ONE, FLAT} < values(paper(), "uuid")  # and the number of the file itself
    assert RECEIPT in values(paper(), "reference")
    assert TOKEN in values(paper(), "token")
    assert "41" in values(paper(), "number")


def test_bundles_are_read_to_the_last_part_and_bundles_in_them() -> None:
    inside = bundle(docProps__core=f"<dc:identifier>{ONE}</dc:identifier>", word__rels=f'Target="/returns/{ONE}/5/"')
    assert values(inside, "uuid") == {ONE}
    assert "5" in values(inside, "number")
    assert values(bundle(a=inside, b=gzip.compress(b"row," + FLAT.encode())), "uuid") == {ONE, FLAT}
    assert "88" in values(bundle(**{"submission-88.csv": ""}), "number")
    assert identifiers_in(text_of(inside[:60])) is not None  # one that was cut short is read as text


def test_letters_and_entries_of_calendars_are_unfolded_and_uncoded() -> None:
    assert values(calendar(), "uuid") == {ONE}
    assert values(letter(), "uuid") == {ONE, FLAT}
    assert (TOKEN in values(letter(), "token"), RECEIPT in values(letter(), "reference")) == (True, True)
    assert {"87", "7"} <= values(letter(), "number")


def test_pages_json_and_lines_of_a_log_give_numbers_and_names_of_addresses() -> None:
    page = f'<a href="/returns/{ONE}/people/12/remove/?from=34&amp;name=a-word">x</a><input value="{TOKEN}">'
    assert values(page.encode(), "number") == {"12", "34"}
    assert {"returns", "people", "remove", "a-word"} <= values(page.encode(), "word")
    assert TOKEN in values(page.encode(), "token")
    told = json.dumps({"query_id": 56, "version": 7, "pseudonym": "B0C1D2E3F4A5", "board": "barnet"})
    assert {"56", "7"} <= values(told.encode(), "number")
    line = json.dumps({"message": f"refused: person 91 at /returns/{ONE}/queries/78/", "request_id": FLAT})
    assert (values(line.encode(), "uuid"), values(line.encode(), "number")) == ({ONE, FLAT}, {"78"})


def test_addresses_are_told_with_their_queries_and_those_of_other_sites_left_out() -> None:
    text = 'href="/a/b/?c=1" http://testserver/d/ https://www.gov.uk/e/ and /f'
    assert addresses_in(text, site=["testserver"]) == {"/a/b/?c=1", "/d/", "/f"}
    shapes = {ONE: "uuid", FLAT: "uuid", "12": "number", TOKEN: "token", "people": "word"}
    assert {part: shape_of(part) for part in shapes} == shapes
    assert Reference("number", "1") in identifiers_in("/a/b/?c=1")
