"""Service: loads authorities and boards from two files, all of them or none."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from respondents.register.models import Authority, AuthorityType, Board, BoardAuthority, Region
from respondents.tabular.csv_lines import read_lines
from respondents.tabular.lines import FileRefused, Line
from survey.schema.source import Problem

_AUTHORITY_COLUMNS = ("gss_code", "name", "authority_type", "region")
_AUTHORITY_EXTRAS = (
    "ons_name", "ons_region", "dfe_la_number", "lscb_slug", "lscb_certainty", "gss_code_from_2013", "abolished_on",
)  # fmt: skip
_BOARD_COLUMNS = ("slug", "name", "area_name", "region", "authority_type", "authorities")
_BOARD_EXTRAS = ("authority_count", "joint", "certainty")


@dataclass(frozen=True)
class RegisterPreview:
    """What an import adds, changes, finds unchanged and does not mention, for authorities and for boards."""

    authorities: Counter[str]
    boards: Counter[str]

    def __str__(self) -> str:
        def words(counts: Counter[str]) -> str:
            kinds = ("added", "changed", "unchanged", "not in the file and left as they are")
            return ", ".join(f"{counts[kind]} {kind}" for kind in kinds if counts[kind] or kind == "added")

        return f"Authorities: {words(self.authorities)}.\nBoards: {words(self.boards)}."


def import_register(authorities: bytes, boards: bytes, *, dry_run: bool = False) -> RegisterPreview:
    """Loads both files, or with `dry_run` only says what would change; FileRefused names every bad line."""
    authority_lines = _read("authorities file", authorities, _AUTHORITY_COLUMNS, _AUTHORITY_EXTRAS)
    board_lines = _read("boards file", boards, _BOARD_COLUMNS, _BOARD_EXTRAS)
    problems = [
        *_in_file("authorities file", _authority_problems(authority_lines)),
        *_in_file("boards file", _board_problems(board_lines, {line["gss_code"] for line in authority_lines})),
    ]
    if problems:
        raise FileRefused(problems)
    with transaction.atomic():
        preview = RegisterPreview(_store_authorities(authority_lines), _store_boards(board_lines))
        if dry_run:
            transaction.set_rollback(True)
    return preview


def _read(file: str, content: bytes, required: Sequence[str], optional: Sequence[str]) -> list[Line]:
    try:
        return read_lines(content, required=required, optional=optional)
    except FileRefused as refused:
        raise FileRefused(list(_in_file(file, refused.problems))) from None


def _in_file(file: str, problems: Iterable[Problem]) -> Iterable[Problem]:
    return (Problem(p.id, f"{file}, {p.place}", p.line, p.message, p.hint) for p in problems)


def _authority_problems(lines: list[Line]) -> list[Problem]:
    return [
        *_unknown(lines, "authority_type", AuthorityType.values),
        *_unknown(lines, "region", Region.values),
        *_repeated(lines, "gss_code"),
        *_malformed(lines, "gss_code", r"E\d{8}", "an ONS code such as E09000003"),
        *_malformed(lines, "name", r"(?s).*\S.*", "a name"),
    ]


def _board_problems(lines: list[Line], gss_codes: set[str]) -> list[Problem]:
    return [
        *_unknown(lines, "authority_type", AuthorityType.values),
        *_unknown(lines, "region", Region.values),
        *_repeated(lines, "slug"),
        *_repeated(lines, "name"),
        *_malformed(lines, "slug", r"[a-z0-9]+(-[a-z0-9]+)*", "small letters, digits and dashes"),
        *_malformed(lines, "name", r"(?s).*\S.*", "a name"),
        *_coverage_problems(lines, gss_codes),
    ]


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


def _malformed(lines: list[Line], column: str, pattern: str, wanted: str) -> list[Problem]:
    return [
        line.problem("R003", column, f"“{line[column]}” is not {wanted}", "Correct the cell")
        for line in lines
        if not re.fullmatch(pattern, line[column])
    ]


def _coverage_problems(lines: list[Line], gss_codes: set[str]) -> list[Problem]:
    covered: dict[str, int] = {}
    problems = []
    for line in lines:
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


def _store_authorities(lines: list[Line]) -> Counter[str]:
    known = {authority.gss_code: authority for authority in Authority.objects.all()}
    counts: Counter[str] = Counter({"not in the file and left as they are": len(known)})
    for line in lines:
        authority = known.get(line["gss_code"])
        counts["not in the file and left as they are"] -= authority is not None
        counts[_put(authority or Authority(), {name: line[name] for name in _AUTHORITY_COLUMNS})] += 1
    return counts


def _store_boards(lines: list[Line]) -> Counter[str]:
    authorities = {authority.gss_code: authority for authority in Authority.objects.all()}
    known = {board.slug: board for board in Board.objects.prefetch_related("coverage__authority")}
    counts: Counter[str] = Counter({"not in the file and left as they are": len(known)})
    moved = []
    for line in lines:
        board = known.get(line["slug"]) or Board()
        counts["not in the file and left as they are"] -= board.pk is not None
        before = [cover.authority.gss_code for cover in board.coverage.all()] if board.pk else []
        kind = _put(board, {name: line[name] for name in _BOARD_COLUMNS if name != "authorities"})
        wanted = line["authorities"].split(";")
        if before != wanted:
            moved.append((board, wanted))
            kind = "changed" if kind == "unchanged" else kind
        counts[kind] += 1
    _cover([(board, [authorities[code] for code in codes]) for board, codes in moved])
    return counts


def _cover(coverage: list[tuple[Board, list[Authority]]]) -> None:
    """Writes which authorities each of these boards covers, in place of what stood."""
    BoardAuthority.objects.filter(board__in=[board for board, _ in coverage]).delete()
    BoardAuthority.objects.filter(authority__in=[a for _, found in coverage for a in found]).delete()
    BoardAuthority.objects.bulk_create(
        BoardAuthority(board=board, authority=authority, position=position)
        for board, found in coverage
        for position, authority in enumerate(found)
    )


def _put(row: Authority | Board, fields: dict[str, str]) -> str:
    """Gives the row these values and says whether it was added, changed or unchanged."""
    kind = "added" if not row.pk else "unchanged"
    for name, value in fields.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            kind = "changed" if kind == "unchanged" else kind
    if kind != "unchanged":
        row.save()
    return kind
