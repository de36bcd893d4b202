"""One input: a request that somebody who is let in sends, spoiled somewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote, urlencode

from bench.fuzz.files import DOCUMENTS, LARGE, SMALL, content
from bench.fuzz.harvest import Field, Target
from bench.fuzz.words import BIDI, MARKUP, ODD, PATHS, SURROGATES, UNASKED, deep_json, encoded, hostile

FORM = "application/x-www-form-urlencoded"
# Names of columns and attributes that no form asks for: none of them may ever arrive anywhere.
NOT_ASKED = (
    *("id", "pk", "role", "is_staff", "is_superuser", "is_active", "email", "person", "by", "user", "survey_return"),
    *("submitted_version", "version", "decided_by", "granted_by", "asked_by", "wave", "board", "at", "now", "state"),
    *(
        "kind",
        "digest",
        "content",
        "slug",
        "closes_at",
        "_method",
        "next",
        "csrfmiddlewaretoken",
        "__class__",
        "key__in",
    ),
)
TYPES = (
    *("application/json", "text/plain", "application/xml", "application/octet-stream", "", "text/html; charset=utf-7"),
    *(f"{FORM}; charset=utf-16", f"{FORM}; charset=nonsense", "multipart/form-data", "multipart/mixed; boundary=x"),
    *("multipart/form-data; boundary=" + "x" * 300, "multipart/form-data; boundary=\u00e9", "application/csp-report"),
)
HEADERS = (
    "HTTP_REFERER",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_USER_AGENT",
    "HTTP_ACCEPT",
    "HTTP_X_REQUESTED_WITH",
    "HTTP_COOKIE",
)
MORE_HEADERS = (
    *HEADERS,
    "HTTP_RANGE",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_ORIGIN",
)
REFERENCES = 0.15  # share of requests of people who answer that name another’s rows
WAYS = (
    *(("field", 50), ("fields", 8), ("missing", 7), ("repeated", 8), ("more", 8), ("query", 6), ("path", 5)),
    *(("body", 3), ("headers", 3), ("file", 2), ("parts", 1)),
)
LINES = "\r\n"


@dataclass(frozen=True)
class Sent:
    """A request as it is sent."""

    way: str
    method: str
    address: str
    body: bytes = b""
    kind: str = FORM
    headers: Mapping[str, str] = field(default_factory=dict)


def request_for(target: Target, rng: Random, *, foreign: Sequence[str] = ()) -> Sent:
    """One spoiled request to this address; `foreign` are numbers of rows that are not this person’s."""
    ways = [each for each in WAYS if target.takes or each[0] in {"query", "path", "headers", "more"}]
    if foreign and rng.random() < REFERENCES:
        return _reference(target, rng, foreign)
    way = rng.choices([name for name, _ in ways], [weight for _, weight in ways])[0]
    if way == "query" or (way == "more" and not target.takes):
        return Sent("query", "GET", f"{target.address}?{_query(target, rng)}")
    if way == "path":
        return Sent(way, rng.choice(("GET", "GET", "POST") if target.takes else ("GET",)), _path(target, rng))
    if way == "headers":
        return Sent(way, "GET", target.address, headers=_headers(rng))
    if way == "body":
        return _body(target, rng)
    if way in {"file", "parts"} or any(kind == "file" for _, kind, _ in target.fields.values()):
        return _multipart(target, rng, way)
    return Sent(way, "POST", target.address, _form(spoiled(target, rng, way), rng))


def _reference(target: Target, rng: Random, foreign: Sequence[str]) -> Sent:
    """Numbers of another’s rows in the query, in the body, in a header, or in each part of the address."""
    one = rng.choice(foreign)
    place = rng.choice(("query", "body", "body", "header") if target.takes else ("query", "header", "path"))
    if place == "query":
        names = (
            *sorted(target.queries),
            "return_id",
            "return",
            "board",
            "id",
            "query_id",
            "contribution_id",
            "source_id",
        )
        return Sent("reference", "GET", f"{target.address}?{rng.choice(names)}={one}")
    if place == "header":
        names = ("HTTP_REFERER", "HTTP_X_RETURN", "HTTP_X_ORIGINAL_URL", "HTTP_X_REWRITE_URL")
        return Sent("reference", "GET", target.address, headers={rng.choice(names): f"/returns/{one}/"})
    if place == "path":
        return Sent("reference", "GET", "/".join(_swapped(part, foreign, rng) for part in target.address.split("/")))
    pairs = spoiled(target, rng, "none")
    spot = rng.randrange(len(pairs) + 1)
    more = [
        (name, one) for name in rng.sample(("return_id", "return", "survey_return", "id", "board", "key", "query"), 2)
    ]
    swapped = [(name, one if number == spot else value) for number, (name, value) in enumerate(pairs)]
    return Sent("reference", "POST", target.address, _form([*swapped, *more], rng))


def _swapped(part: str, foreign: Sequence[str], rng: Random) -> str:
    """A number of another’s row where one stands."""
    if len(part) == len(foreign[0]):
        return foreign[0]
    return rng.choice(foreign[2:]) if part.isdigit() else part


def spoiled(target: Target, rng: Random, way: str) -> list[tuple[str, str]]:
    """What is sent in the form: as a person would fill it in, but for what this way spoils."""
    sent = {name: plausible(each, rng) for name, each in target.fields.items()}
    names = sorted(sent) or ["text"]
    one = rng.choice(names)
    if way == "fields":
        sent = {name: [hostile(rng)] for name in names}
    elif way == "missing":
        sent.pop(one, None)
    elif way == "repeated":
        sent[one] = [*sent.get(one, []), hostile(rng), rng.choice(ODD)] * rng.choice((1, 2, 40))
    elif way == "more":
        sent |= {name: [UNASKED] for name in rng.sample(NOT_ASKED, 4) if name not in sent}
        sent[f"{one}[]"], sent[f"{one}.x"], sent[f"form-{one}"] = ["1"], ["2"], ["3"]
    elif way == "field":
        sent[one] = [rng.choice(SURROGATES) if rng.random() < 0.04 else hostile(rng)]
    pairs = [(name, value) for name, values in sent.items() for value in values]
    if way == "more" and rng.random() < 0.02:
        pairs += [(f"field{number}", "x") for number in range(1500)]
    return pairs


def plausible(each: Field, rng: Random) -> list[str]:
    """What a person could put into this field."""
    name, kind, values = each
    lower = name.lower()
    if kind in {"hidden", "submit", "button"}:
        return list(values[:1])
    if kind in {"checkbox", "radio", "select"}:
        found = [value for value in values if value]
        return rng.sample(found, 1) if found else []
    for part, value in (
        *(("email", "fuzz@example.org"), ("until", "2099-01-01T10:00"), ("minutes", "5"), ("base", "1")),
        *(("opens", "2031-01-01T10:00"), ("closes", "2031-02-01T10:00"), ("date", "2031-01-01"), ("day", "2031-01-01")),
        *(("number", "3"), ("code", "x1"), ("slug", "a-name"), ("from", "2012-01-01"), ("since", "2012-01-01")),
    ):
        if part in lower:
            return [value]
    return [values[0] if values and values[0] and rng.random() < 0.7 else "Words"]


def _form(pairs: list[tuple[str, str]], rng: Random) -> bytes:
    text = "&".join(f"{encoded_name(name)}={encoded(rng, value)}" for name, value in pairs)
    return text.encode("ascii")


def encoded_name(name: str) -> str:
    """A name of a field, percent-encoded."""
    return quote(name.encode("utf-8", "surrogatepass"), safe="")


def _query(target: Target, rng: Random) -> str:
    names = [*sorted(target.queries), rng.choice(("page", "next", "q", "after", "sort", rng.choice(NOT_ASKED)))]
    chosen = rng.choices(names, k=rng.choice((1, 1, 2, 5)))
    parts = [
        f"{quote(name)}{rng.choice(('', '', '', '[]', '.x'))}={encoded(rng, hostile(rng)[:4000])}" for name in chosen
    ]
    return rng.choice(("&", "&", "&", ";", "&&=&")).join(parts)


def _path(target: Target, rng: Random) -> str:
    parts = target.address.strip("/").split("/")
    place = rng.randrange(len(parts))
    parts[place] = encoded(rng, rng.choice((hostile(rng)[:300], rng.choice(PATHS), rng.choice(ODD)[:300])))
    return f"/{'/'.join(parts)}/" if target.address.endswith("/") else f"/{'/'.join(parts)}"


def _headers(rng: Random) -> dict[str, str]:
    values = (
        hostile(rng)[:2000].replace("\n", " ").replace("\r", " "),
        BIDI,
        "x" * 9000,
        "bytes=0-0,1-,-1",
        "\xff\xfe",
    )
    return {
        name: rng.choice(values).encode("utf-8", "replace").decode("latin-1") for name in rng.sample(MORE_HEADERS, 2)
    }


def _body(target: Target, rng: Random) -> Sent:
    body = rng.choice(
        (deep_json(rng), urlencode({"text": hostile(rng)[:999]}, errors="replace").encode(), b"\xff" * 999)
    )
    kind = rng.choice((*TYPES, "application/json", "application/json"))
    return Sent("body", "POST", target.address, body, kind)


def _multipart(target: Target, rng: Random, way: str) -> Sent:
    """A form with a file in it; its parts are spoiled too where that is the way."""
    mark = "fuzzmark"
    parts = [_part(name, value) for name, value in spoiled(target, rng, way if way != "file" else "none")]
    files = [name for name, (_, kind, _) in target.fields.items() if kind == "file"]
    parts += [_file(name, rng) for name in files or ["file"]]
    if way == "parts":
        parts.append(rng.choice(_SPOILED_PARTS))
        rng.shuffle(parts)
    body = b"".join(f"--{mark}{LINES}".encode() + part for part in parts)
    body += b"" if way == "parts" and rng.random() < 0.4 else f"--{mark}--{LINES}".encode()
    return Sent(way, "POST", target.address, body, f"multipart/form-data; boundary={mark}")


def _part(name: str, value: str) -> bytes:
    head = f'Content-Disposition: form-data; name="{quote(name)}"'
    return f"{head}{LINES}{LINES}{value}{LINES}".encode("utf-8", "surrogatepass")


def _file(name: str, rng: Random) -> bytes:
    is_large = rng.random() < 0.01
    chosen = rng.choice(sorted(LARGE if is_large else SMALL))
    inside = content(chosen)
    if rng.random() < 0.2:
        inside = rng.choice(sorted(DOCUMENTS.values())).encode()
    called = rng.choice(
        ("a.csv", "a.xlsx", "a.yaml", "../../a.csv", "a\u202evsc.exe", MARKUP[0], "x" * 300 + ".csv", "", "con")
    )
    head = f'Content-Disposition: form-data; name="{name}"; filename="{called}"{LINES}Content-Type: text/csv'
    return f"{head}{LINES}{LINES}".encode() + inside + LINES.encode()


_SPOILED_PARTS = (
    b"Content-Disposition: form-data\r\n\r\nno name\r\n",
    b"Content-Disposition: form-data; name=\r\n\r\n\r\n",
    b"X: y\r\n" * 2000 + b"\r\n\r\n",
    b'Content-Disposition: form-data; name="a"; name="b"\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%\r\n',
    b"Content-Disposition: form-data; name*=utf-8''%ff%00\r\n\r\nx\r\n",
    b'Content-Disposition: form-data; name="a\0b"\r\n\r\nx\r\n',
    b"no colon\r\n\r\nx\r\n",
    b'Content-Disposition: form-data; name="big"\r\n\r\n' + b"x" * 3_200_000 + b"\r\n",
)
