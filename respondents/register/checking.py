"""What is wrong with the tables of a register, every bad cell at once. Looks at nothing but what it is given."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence, Set

from django.core.exceptions import ValidationError

from accounts.people import clean_email
from respondents.register.days import day_in
from respondents.register.models import AuthorityType, Region
from respondents.register.tables import AUTHORITIES, BOARDS, CHAIRS, DATES, RegisterTables, in_file, kind_named
from respondents.tabular.guarding import guarded
from respondents.tabular.lines import Line
from survey.schema.source import Problem

GSS_CODE, SLUG = r"E\d{8}", r"[a-z0-9]+(-[a-z0-9]+)*"
_NOT_PLAIN = re.compile(r"[<>\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_LONGEST = {"name": 100, "slug": 80, "area_name": 120, "chair_name": 200}


def problems_of(tables: RegisterTables, *, authorities: Collection[str], boards: Collection[str]) -> list[Problem]:
    """Every problem of every table. The codes are of what the register holds where a table was not sent."""
    sent_authorities = {line["gss_code"] for line in tables.authorities or []}
    sent_boards = {line["slug"] for line in tables.boards or []}
    codes = sent_authorities if tables.authorities is not None else {*authorities}
    return [
        *in_file(AUTHORITIES.name, _of_authorities(tables.authorities or [])),
        *in_file(BOARDS.name, _of_boards(tables.boards or [], codes)),
        *in_file(CHAIRS.name, _of_chairs(tables.chairs or [], sent_boards | {*boards})),
    ]


def _of_authorities(lines: list[Line]) -> list[Problem]:
    if swapped := [*_swapped(lines, "gss_code", _is_code, "name", _is_no_code), *_swapped_strata(lines)]:
        return swapped
    return [
        *_unknown(lines, "authority_type", AuthorityType.values),
        *_unknown(lines, "region", Region.values),
        *_repeated(lines, "gss_code"),
        *_malformed(lines, "gss_code", GSS_CODE, "an ONS code such as E09000003"),
        *_malformed(lines, "name", r"(?s).*\S.*", "a name"),
        *_not_plain(lines, "name"),
        *_bad_days(lines, *DATES),
    ]


def _of_boards(lines: list[Line], gss_codes: Collection[str]) -> list[Problem]:
    if swapped := [*_swapped(lines, "slug", _is_slug, "name", _is_no_slug), *_swapped_strata(lines)]:
        return swapped
    return [
        *_unknown(lines, "authority_type", AuthorityType.values),
        *_unknown(lines, "region", Region.values),
        *_repeated(lines, "slug"),
        *_repeated(lines, "name"),
        *_malformed(lines, "slug", SLUG, "small letters, digits and dashes"),
        *_malformed(lines, "name", r"(?s).*\S.*", "a name"),
        *_not_plain(lines, "slug", "name", "area_name"),
        *_bad_days(lines, *DATES),
        *_coverage_problems(lines, gss_codes),
    ]


def _of_chairs(lines: list[Line], boards: Set[str]) -> list[Problem]:
    if swapped := list(_swapped(lines, "chair_email", _is_email, "chair_name", _is_no_email)):
        return swapped
    problems = [
        *_not_plain(lines, "chair_name"),
        *_missing_days(lines),
        *_bad_days(lines, "from", "until"),
        *_repeated_chairs(lines),
    ]
    for line in lines:
        if line["board"].strip() not in boards:
            message = f"“{line['board']}” is no board of the boards file or of the register"
            problems.append(line.problem("R012", "board", message, "Use the board’s slug, such as barnet"))
        if not _is_email(line["chair_email"]):
            message = f"“{line['chair_email']}” is not an email address such as name@example.org"
            problems.append(line.problem("R013", "chair_email", message, "Correct the cell"))
        if kind_named(line["kind"]) is None:
            message = f"“{line['kind']}” is not known"
            problems.append(line.problem("R001", "kind", message, "Use one of: chair, interim"))
    return problems


def _unknown(lines: list[Line], column: str, allowed: Sequence[str]) -> list[Problem]:
    hint = f"Use one of: {', '.join(allowed)}"
    return [
        line.problem("R001", column, f"“{line[column]}” is not known", hint)
        for line in lines
        if line[column] not in allowed
    ]


def _repeated(lines: list[Line], column: str) -> list[Problem]:
    first: dict[str, int] = {}
    return [
        line.problem("R002", column, f"“{line[column]}” stands on line {before} already", "Remove one")
        for line in lines
        if (before := first.setdefault(line[column], line.number)) != line.number
    ]


def _repeated_chairs(lines: list[Line]) -> Iterator[Problem]:
    first: dict[tuple[str, ...], int] = {}
    for line in lines:
        key = (line["board"].strip(), line["chair_email"].strip().lower(), line["from"].strip())
        if (before := first.setdefault(key, line.number)) != line.number:
            yield line.problem("R002", "chair_email", f"The same appointment stands on line {before}", "Remove one")


def _malformed(lines: list[Line], column: str, pattern: str, wanted: str) -> list[Problem]:
    matches = re.compile(pattern).fullmatch
    return [
        line.problem("R003", column, f"“{line[column]}” is not {wanted}", "Correct the cell")
        for line in lines
        if not matches(line[column])
    ]


def _not_plain(lines: list[Line], *columns: str) -> Iterator[Problem]:
    """Names are one line of plain text: no marks of a web page, no formula, not longer than a name can be."""
    for line in lines:
        for column in columns:
            text, longest = line[column], _LONGEST[column] + 100 * (column == "name" and "slug" in line.cells)
            if _NOT_PLAIN.search(text):
                message = f"“{text[:80]}” holds signs that no name has, such as < or >"
                yield line.problem("R007", column, message, "Write the name as plain text on one line")
            elif text and guarded(text) != text:
                message = f"“{text[:80]}” begins as a formula does"
                yield line.problem("R008", column, message, "Take the first sign away")
            elif len(text) > longest:
                message = f"“{text[:40]}…” has {len(text)} letters, more than {longest}"
                yield line.problem("R009", column, message, "Shorten it")


def _missing_days(lines: list[Line]) -> Iterator[Problem]:
    for line in lines:
        if not line["from"].strip():
            yield line.problem("R014", "from", "It is not said since when the person has chaired", "Enter a day")


def _bad_days(lines: list[Line], first: str, last: str) -> Iterator[Problem]:
    """Days that are none, and an end before its beginning."""
    for line in lines:
        days = []
        for column in (first, last):
            try:
                days.append(day_in(line[column]))
            except ValueError:
                message = f"“{line[column]}” is not a day"
                yield line.problem("R014", column, message, "Write it as 2012-02-01 or 01/02/2012")
        begins, ends = days if len(days) == 2 else (None, None)
        # An appointment holds on its last day; a board is no more on the day it ended.
        if begins and ends and (ends < begins or (ends == begins and last == "ended_on")):
            yield line.problem("R015", last, f"{ends} is not after {begins}", "Correct one of the two days")


def _coverage_problems(lines: list[Line], gss_codes: Collection[str]) -> list[Problem]:
    covered: dict[str, int] = {}
    problems = []
    for line in lines:
        if not line["authorities"] and line["ended_on"].strip():
            continue  # what it covered may be another board's by now
        for code in line["authorities"].split(";"):
            if code not in gss_codes:
                problems.append(
                    line.problem(
                        "R004", "authorities", f"“{code}” is not in the authorities file", "Add it there, or correct it"
                    )
                )
            elif (before := covered.setdefault(code, line.number)) != line.number:
                problems.append(
                    line.problem(
                        "R005", "authorities", f"{code} is covered on line {before} already", "One board per authority"
                    )
                )
    return problems


def _swapped_strata(lines: list[Line]) -> Iterator[Problem]:
    types, regions = {*AuthorityType.values}, {*Region.values}
    yield from _swapped(lines, "authority_type", types.__contains__, "region", regions.__contains__)


def _swapped(
    lines: list[Line], one: str, fits_one: Callable[[str], bool], other: str, fits_other: Callable[[str], bool]
) -> Iterator[Problem]:
    """One problem if each of the two columns holds, on every line, what belongs into the other."""
    pairs = [(line[one], line[other]) for line in lines if line[one] and line[other]]
    if pairs and all(fits_one(b) and fits_other(a) and not fits_one(a) for a, b in pairs):
        message = f"The columns {one} and {other} are swapped: “{pairs[0][0]}” stands where “{pairs[0][1]}” belongs"
        yield lines[0].problem("R006", one, message, "Exchange their names in the first line")


def _is_code(text: str) -> bool:
    return bool(re.fullmatch(GSS_CODE, text))


def _is_no_code(text: str) -> bool:
    return not _is_code(text)


def _is_slug(text: str) -> bool:
    return bool(re.fullmatch(SLUG, text))


def _is_no_slug(text: str) -> bool:
    return not _is_slug(text)


def _is_email(text: str) -> bool:
    try:
        clean_email(text)
    except ValidationError:
        return False
    return True


def _is_no_email(text: str) -> bool:
    return not _is_email(text)
