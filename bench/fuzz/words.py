"""Hostile words: what people, programs and attackers put where something else was asked for."""

import json
from random import Random
from urllib.parse import quote, quote_from_bytes

LONG = 1_000_000
BIDI = "\u202egnp.exe\u202c \u2066x\u2069 \u200f\u200e"
COMBINED = "Z" + "\u0351\u0352\u0353" * 200
MARK = "fz7q"  # stands in all markup, so that a page that gives it back unescaped is known
UNASKED = "fz7q never asked for"
MARKUP = (
    f"<svg onload=alert('{MARK}')>",
    f"\"><img src=x onerror=alert('{MARK}')>",
    f"</textarea></title><script>alert('{MARK}')</script>",
    f"<style>@import url(//{MARK}.example)</style>",
    f"<math><mi xlink:href=\"javascript:alert('{MARK}')\">x</mi></math>",
    f"' autofocus onfocus=alert('{MARK}') x='",
    f"<a href=\"javascript:alert('{MARK}')\">x</a>",
    f"<!--{MARK}--><![CDATA[<x>]]>",
)
TEMPLATES = (
    "{{ request.user }} {% debug %} {% load static %}",
    "{{settings.SECRET_KEY}}",
    "{% include '/etc/passwd' %}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "{{board}}{{link}}{{greeting}}{{{nobody}}}",
    "{0.__class__.__init__.__globals__} {name} {}",
    "%s%s%n%n%x %(secret)s %",
    "[[cell:table_1/row/column]] [table_1] {{table_1.total}} {{count table_1 a b}}",
    "{{" * 2000 + "}}" * 2000,
    "[" * 3000 + "](x)" * 3000,
    "> " * 3000 + "x",
    "`" * 5001 + "*" * 5001 + "_" * 5001,
)
FORMULAS = (
    "=1+1",
    "+cmd|'/c calc'!A1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1",
    '=HYPERLINK("//x.example","y")',
    "\uff1d1+1",
)
PATHS = (
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "/etc/shadow",
    "C:\\Windows\\win.ini",
    "\\\\x.example\\share",
    "file:///etc/passwd",
    "//x.example/a",
    "http://169.254.169.254/latest/",
    "javascript:alert(1)",
    "con",
    "a/./b//c",
)
DATABASE = (
    "' OR 1=1 --",
    "'; DROP TABLE accounts_user; --",
    "\\' OR ''='",
    "1) UNION SELECT NULL--",
    "%%",
    "_",
    "a__b__contains",
)
NUMBERS = (
    *(
        "0",
        "-0",
        "-1",
        "1e308",
        "1e400",
        "NaN",
        "inf",
        "-inf",
        "0x10",
        "1_000",
        "٣",
        "²",
        "\uff11\uff12",
        "½",
        "1,000",
        " 1 ",
        "1.0",
    ),
    *(str(2**31), str(2**63), str(2**64 + 1), str(-(2**63) - 1), "9" * 400, "9" * 5000, "1" + "0" * 309),
)
MOMENTS = (
    *("0000-00-00", "0001-01-01T00:00", "9999-12-31T23:59", "99999-01-01", "2012-02-30T10:00", "2025-03-30T01:30"),
    *(
        "2025-10-26T01:30",
        "2012-02-29",
        "2012-01-01T24:00",
        "2012-01-01T10:00+99:99",
        "2012-1-1",
        "١٢-٠٣-٢٠١٢",
        "tomorrow",
    ),
)
ADDRESSES = (
    *(
        "a@b",
        "a@@example.org",
        "a@example.org\nBcc: b@example.org",
        '"a b"@example.org',
        "a@[127.0.0.1]",
        "\uff41@example.org",
    ),
    *(
        "a@exämple.org",
        "a@" + "x" * 300 + ".org",
        "x" * 300 + "@example.org",
        "<a@example.org>",
        "a@example.org,b@example.org",
    ),
    *("\u017f@example.org", "A\u0307@example.org", "a@xn--80ak6aa92e.com", "a@example.org\0"),
)
ODD = (
    *(
        "\0",
        "a\0b",
        "\ufffe",
        "\uffff",
        "\ufeff",
        "\u2028",
        "\u2029",
        "\x1b[31m",
        "\x7f",
        "\x80",
        "\r\nSet-Cookie: a=b",
        "\n",
        "\r",
    ),
    *(
        BIDI,
        COMBINED,
        "\U0010ffff",
        "👩‍👩‍👧‍👦" * 40,
        "ﷺ" * 500,
        "İ\u0131\u017fK",
        "null",
        "undefined",
        "true",
        "[]",
        "{}",
        "None",
        "on",
    ),
    *("", " ", "\u00a0", "\u3000", "\u200b", "ß" * 300, "A" * 256, "A" * 10_001, "🏴" * 6000),
)
KINDS = (MARKUP, TEMPLATES, FORMULAS, PATHS, DATABASE, NUMBERS, MOMENTS, ADDRESSES, ODD)
SURROGATES = ("\ud800", "a\udfffb", "\udc80\ud83d")
RAW = (
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\xf5\x80\x80\x80",
    b"%00",
    b"\xe2\x28\xa1",
    b"a\x00b",
    "é".encode("latin-1"),
)


def hostile(rng: Random) -> str:
    """One hostile text; once in two hundred it is a megabyte long."""
    if rng.random() < 0.005:
        return rng.choice(("A", "é", "<b>", "\n", "{{x}}", "0")) * (LONG // 4)
    word = rng.choice(rng.choice(KINDS))
    if rng.random() < 0.15:
        return word + rng.choice(rng.choice(KINDS))
    return (
        "".join(chr(rng.choice((rng.randrange(32, 0x250), rng.randrange(0xD7FF)))) for _ in range(9))
        if (rng.random() < 0.05)
        else word
    )


def encoded(rng: Random, text: str) -> str:
    """The text for an address or a form: percent-encoded, now and then as bytes that are no UTF-8."""
    if rng.random() < 0.08:
        return quote_from_bytes(rng.choice(RAW), safe="")
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def deep_json(rng: Random) -> bytes:
    """JSON that is deep, wide, doubled, wrong or of the wrong type."""
    return rng.choice(
        (
            b"[" * 100_000 + b"]" * 100_000,
            b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
            b'{"a":1,"a":2}',
            b'{"__proto__":{"x":1},"constructor":null}',
            json.dumps({rng.choice(ODD): hostile(rng)[:5000]}).encode(),
            b'{"reference":"\\ud800","id":1e999,"to":[1,2,{}],"status":{"a":[]},"csp-report":5}',
            b'[{"body":null},{"body":[]},3,"x"]',
            b'{"csp-report":{"violated-directive":["x"],"document-uri":{},"line-number":"NaN"}}',
            b"\xef\xbb\xbf{}",
            b"NaN",
            b"",
            b"\0\0\0",
            b"1" * 10_000,
            "{}".encode("utf-16"),
        )
    )
