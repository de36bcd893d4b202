"""Hostile files: bombs, wrong magic, entities, files cut short, and tables of absurd shapes."""

import io
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><x>&j;</x>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
HEAD = "return_id,board,authority_type,region,chair,submitted_at,minutes_taken,C1"
BOARDS = "slug,name,area,region,authority_type,authorities"


def zipped(**parts: bytes | str) -> bytes:
    """A zip file with these parts, where two underscores stand for a slash."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in parts.items():
            bundle.writestr(name.replace("__", "/"), content)
    return found.getvalue()


@cache
def workbook() -> bytes:
    """An honest small workbook, to be spoiled."""
    import openpyxl

    book, found = openpyxl.Workbook(write_only=True), io.BytesIO()
    rows = book.create_sheet("Sheet")
    for row in (BOARDS.split(","), ["a", "=1+1", "<b>", "x", "y", "z"]):
        rows.append(row)
    book.save(found)
    return found.getvalue()


def spoiled(part: str, content: bytes | str) -> bytes:
    """The workbook with one part replaced."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return found.getvalue()


def sheet(inside: str, dimension: str = "A1:B2") -> bytes:
    """The workbook with this XML as the data of its sheet."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<worksheet xmlns="{space}"><dimension ref="{dimension}"/><sheetData>{inside}</sheetData></worksheet>'
    return spoiled("xl/worksheets/sheet1.xml", text)


SMALL: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "one byte": lambda: b"\0",
    "only heads": HEAD.encode,
    "heads twice": f"{HEAD},C1,C1\n1,2,3,4,5,6,7,8\n".encode,
    "no heads": lambda: b"1,2,3\n4,5,6\n",
    "NULs": f"{HEAD}\nR\0,barnet,,,,,,agree\n".encode,
    "formulas": f"{HEAD}\n=1+1,@x,+1,-1,\t=1,=cmd|x,1,=1\n".encode,
    "markup": f"{HEAD}\n<svg onload=x>,{{{{x}}}},%s,,<b>,,1,agree\n".encode,
    "quotes left open": f'{HEAD}\n"R1,barnet\n\n\n'.encode,
    "quotes in quotes": f'{HEAD}\n"R""1","bar"net",,"\n",,,1,agree\n'.encode,
    "returns alone": lambda: HEAD.encode() + b"\rR1,barnet,,,,,,agree\r",
    "more cells than heads": f"{HEAD}\n{',' * 3000}\n".encode,
    "UTF-16": lambda: f"{HEAD}\nR1,barnet,,,,,,agree\n".encode("utf-16"),
    "UTF-32": lambda: f"{HEAD}\nR1\n".encode("utf-32"),
    "UTF-7": f"{HEAD}\n+ADw-script+AD4-,barnet\n".encode,
    "surrogates": lambda: HEAD.encode() + b"\n\xed\xa0\x80,barnet,,,,,,agree\n",
    "Windows letters": lambda: f"{HEAD}\nR\xe9,b\x93rnet,,,,,,agree\n".encode("latin-1"),
    "mark of order": lambda: b"\xef\xbb\xbf\xef\xbb\xbf" + HEAD.encode() + b"\n",
    "huge numbers": f"{HEAD}\nR1,barnet,,,,9999-99-99,{'9' * 4000},{'9' * 400}\n".encode,
    "one return twice": lambda: f"{HEAD}\n".encode() + b"R1,barnet,,,,,,agree\n" * 3,
    "picture": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    "PDF": lambda: b"%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>",
    "web page": lambda: b"<!DOCTYPE html><script>x</script>",
    "old workbook": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "gzip": lambda: b"\x1f\x8b\x08" + zlib.compress(b"x" * 1000),
    "zip of nothing": zipped,
    "zip that is no workbook": lambda: zipped(a="b", c__d="e"),
    "zip that leaves its folder": lambda: zipped(**{"..__..__etc__passwd": "x", "xl__workbook.xml": "x"}),
    "workbook cut short": lambda: workbook()[:700],
    "workbook without an end": lambda: workbook()[:-30],
    "workbook with wrong sums": lambda: workbook().replace(b"PK\x01\x02", b"PK\x01\x03", 1),
    "entities": lambda: spoiled("xl/workbook.xml", ENTITIES),
    "entity from outside": lambda: spoiled("xl/worksheets/sheet1.xml", OUTSIDE),
    "no XML": lambda: spoiled("xl/sharedStrings.xml", b"\xff\xfe\0"),
    "deep XML": lambda: spoiled("xl/worksheets/sheet1.xml", "<a>" * 20_000),
    "strings that are not there": lambda: sheet('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'),
    "cells of no place": lambda: sheet('<row r="x"><c r="ZZZZZZ99999999"><v>1</v></c><c r="-1"/></row>'),
    "one cell far away": lambda: sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "A1:XFD1048576"),
    "numbers that are none": lambda: sheet('<row r="1"><c r="A1"><v>1e999</v></c><c r="B1" t="d"><v>x</v></c></row>'),
    "honest workbook": workbook,
}
LARGE: dict[str, Callable[[], bytes]] = {
    "a million columns": lambda: b"a," * 1_000_000 + b"\n" + b"1," * 1000,
    "a million lines": lambda: b"a,b\n" + b"1,2\n" * 600_000,
    "one cell of two megabytes": lambda: HEAD.encode() + b"\n" + b"x" * 2_000_000,
    "bomb": lambda: spoiled("xl/worksheets/sheet1.xml", b"<a>" + b"\0" * 60_000_000),
    "bomb of rows": lambda: sheet('<row r="1"><c r="A1"><v>1</v></c></row>' * 300_000),
    "bomb in a bomb": lambda: zipped(a=zipped(b=zipped(c=b"\0" * 20_000_000))),
}
DOCUMENTS: dict[str, str] = {
    "bomb of anchors": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)),
    "tags": "!!python/object/apply:os.system ['true']\n",
    "deep": "[" * 5000,
    "deep by spaces": "\n".join(" " * n + "a:" for n in range(1500)),
    "no mapping": "- a\n- b\n",
    "keys twice": "code: a\ncode: b\ntitle: c\n",
    "strange keys": "1: a\nnull: b\n2012-01-01: c\n[a]: d\n? {a: b}\n: e\n",
    "merge": "<<: {a: b}\ncode: x\n",
    "dates": "code: 2012-01-01\ntitle: 1e400\nsections: .nan\nversion: 0o17\n",
    "sections of nothing": "code: x\ntitle: y\nsections: [null, 1, [], {}, {code: null, questions: 5}]\n",
    "scales": "code: x\ntitle: y\nscales: {a: null, b: [1], c: {options: {x: [y]}}}\nsections: []\n",
    "tabs": "\tcode: x\n",
    "control": "code: \x01\x02\n",
    "itself": "a: &a\n  b: *a\n",
    "two documents": "---\na: 1\n---\nb: 2\n",
    "surrogate": 'code: "\\ud800"\n',
    "empty": "",
}


@cache
def content(name: str) -> bytes:
    """The file by this name."""
    return (SMALL.get(name) or LARGE[name])()
