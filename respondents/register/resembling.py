"""Rows that look like one and the same although their keys differ: never refused, always told."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from respondents.register.snapshot import Snapshot
from respondents.register.tables import RegisterTables

_WORDS = {"&": " and ", "st.": "saint", "st ": "saint "}
_DULL = re.compile(r"\b(local safeguarding children s? ?board|lscb|council|the|city of|county of|borough of|london)\b")
MOST = 50


def warnings_of(tables: RegisterTables, found: Snapshot) -> list[str]:
    """A sentence for each new row whose name or key resembles another's; the first fifty."""
    authorities = {line["gss_code"]: (line["name"], line.number) for line in tables.authorities or []}
    boards = {line["slug"]: (line["name"], line.number) for line in tables.boards or []}
    told = [
        *_same_name("authorities", authorities, {code: str(row["name"]) for code, row in found.authorities.items()}),
        *_same_name("boards", boards, {slug: str(row["name"]) for slug, row in found.boards.items()}),
        *_near_keys("boards", boards, found.boards),
        *_wide_names(tables),
    ]
    more = [f"There are {len(told) - MOST} more warnings like these."] if len(told) > MOST else []
    return [*told[:MOST], *more]


def _same_name(table: str, sent: dict[str, tuple[str, int]], known: dict[str, str]) -> Iterator[str]:
    """A row under a new key whose name, spelled plainly, is that of another key."""
    names: dict[str, tuple[str, str]] = {}
    for key, name in known.items():
        names.setdefault(plain(name), (key, name))
    for key, (name, line) in sent.items():
        other, its_name = names.setdefault(plain(name), (key, name))
        if key not in known and other != key:
            signs = ", which differs by one sign" if is_one_sign_apart(key, other) else ""
            yield (
                f"Line {line} of the {table}: “{name}” ({key}) looks like “{its_name}” ({other}){signs}. "
                "Is it the same? Then give it that code."
            )


def _near_keys(table: str, sent: dict[str, tuple[str, int]], known: Iterable[str]) -> Iterator[str]:
    """A new key one letter from another one; keys with figures in them are numbered on purpose."""
    by_part: dict[str, str] = {}
    for key in (*known, *sent):
        if not any(sign.isdigit() for sign in key):
            for part in _parts(key):
                other = by_part.setdefault(part, key)
                is_new = key in sent and key not in known
                if other != key and is_new and is_one_sign_apart(key, other):
                    yield (
                        f"Line {sent[key][1]} of the {table}: “{key}” differs from “{other}” by one sign. "
                        "Is it the same? Then correct it."
                    )
                    break


def _parts(key: str) -> set[str]:
    """The key, and what is left of it without any one sign: keys one sign apart share one of these."""
    return {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}


def _wide_names(tables: RegisterTables) -> Iterator[str]:
    """Boards whose area is named as a board and whose name as an area: the two columns may be swapped."""
    lines = tables.boards or []
    odd = [line for line in lines if line["name"] and line["name"] in line["area_name"] != line["name"]]
    if lines and len(odd) * 2 > len(lines):
        yield (
            "The columns name and area_name seem to be swapped: "
            f"line {odd[0].number} calls “{odd[0]['area_name']}” an area and “{odd[0]['name']}” a board."
        )


def plain(name: str) -> str:
    """The name without what people spell differently: case, accents, signs, and the words that all names share."""
    text = unicodedata.normalize("NFKD", name).casefold()
    for spelled, meant in _WORDS.items():
        text = text.replace(spelled, meant)
    text = "".join(sign if sign.isalnum() else " " for sign in text if not unicodedata.combining(sign))
    words = " ".join(_DULL.sub(" ", " ".join(text.split())).split())
    return words or " ".join(text.split())


def is_one_sign_apart(one: str, other: str) -> bool:
    """Whether one sign was added, left out or mistyped, or two beside each other exchanged."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, its_rest = one[start:], other[start:]
    return (
        rest[1:] == its_rest[1:]
        or rest[1:] == its_rest
        or rest == its_rest[1:]
        or (rest[1::-1] + rest[2:] == its_rest and len(rest) > 1)
    )
