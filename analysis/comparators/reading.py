"""A file of published figures, read: every line, or every problem by line with its remedy."""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from analysis.core.other_columns import PublishedLine
from analysis.core.other_matching import plain
from respondents.tabular.lines import FileRefused, Line, refused
from respondents.tabular.reading import read_table
from survey.schema.source import Problem

REQUIRED, OPTIONAL = ("table", "row", "option", "base"), ("percent", "count")
DECIMAL = re.compile(r"[0-9]{1,3}\.(?!0$)[0-9]{1,2}")  # “40.0” may be how a spreadsheet writes 40
MOST_LINES, LARGEST_BASE = 5_000, 10_000_000


def read_published(content: bytes, *, name: str, scale: Sequence[str], encoding: str = "") -> tuple[PublishedLine, ...]:
    """The lines of the file; FileRefused names every bad one."""
    lines = read_table(content, name=name, required=REQUIRED, optional=OPTIONAL, encoding=encoding)
    if not lines:
        raise refused("There are no figures below the first line", "Give each published figure a line of its own")
    if len(lines) > MOST_LINES:
        raise refused(f"More than {MOST_LINES:,} lines", "Import a survey in several files", line=lines[-1].number)
    problems = [problem for line in lines for problem in _problems(line, scale)]
    if problems:
        raise FileRefused(problems)
    read = tuple(map(_read, lines))
    problems = [*_repeated(lines, read), *_uneven(lines, read)]
    if problems:
        raise FileRefused(problems)
    return read


def _read(line: Line) -> PublishedLine:
    percent, printed = _percent(line["percent"])
    return PublishedLine(
        number=line.number,
        table=line["table"].strip(),
        row=line["row"].strip(),
        option=line["option"].strip(),
        percent=percent,
        count=_whole(line["count"]),
        base=_whole(line["base"]) or 0,
        printed=printed,
    )


def _percent(text: str) -> tuple[int | None, str]:
    """The percentage in whole points, halves up, and as it was printed where it has decimals."""
    kept = text.strip().removesuffix("%").strip()
    if not DECIMAL.fullmatch(kept):
        return _whole(kept), ""
    return int(Decimal(kept).quantize(Decimal(1), ROUND_HALF_UP)), kept


def _whole(text: str) -> int | None:
    """The whole number, as a spreadsheet may write it; None where there is none."""
    kept = text.strip().removesuffix(".0")
    return int(kept) if kept.isascii() and kept.isdigit() and len(kept) < 10 else None


def _problems(line: Line, scale: Sequence[str]) -> Iterator[Problem]:
    read = _read(line)
    if not read.row:
        yield line.problem("C001", "row", "The question is missing", "Write the item’s code, or the question in full")
    if plain(read.option) not in map(plain, scale):
        hint = f"Write it as in the scale you gave ({', '.join(scale)}), or mend the scale"
        yield line.problem("C002", "option", f"“{read.option}” is no answer of the scale", hint)
    if not read.base:
        told = f"The base is “{line['base'].strip()}”, and a share of nobody is no figure"
        yield line.problem("C003", "base", told, "Write how many were asked, as a whole number above zero")
        return
    if read.base > LARGEST_BASE:
        yield line.problem("C010", "base", f"A base of {read.base:,} is more than was ever asked", "Correct the base")
    yield from _figure_problems(line, read)


def _figure_problems(line: Line, read: PublishedLine) -> Iterator[Problem]:
    for column, value in (("percent", read.percent), ("count", read.count)):
        if value is None and line[column].strip():
            told = f"“{line[column].strip()}” is no whole number of nought or more"
            hint = "Write the percentage as printed, two decimals at most, or the number of answers in the column count"
            yield line.problem("C004", column, told, hint)
            return
    if read.percent is None and read.count is None:
        yield line.problem("C005", "percent", "There is no figure", "Fill percent or count, or remove the line")
    if (read.percent or 0) > 100:
        yield line.problem("C006", "percent", f"{read.percent}% is more than all", "Correct the percentage")
    if (read.count or 0) > read.base:
        told = f"{read.count:,} answers are more than the base of {read.base:,}"
        yield line.problem("C007", "count", told, "Correct the count or the base")


def _repeated(lines: Sequence[Line], read: Sequence[PublishedLine]) -> Iterator[Problem]:
    first: dict[tuple[str, str, str], int] = {}
    for line, each in zip(lines, read, strict=True):
        known = first.setdefault((each.table, plain(each.row), plain(each.option)), line.number)
        if known != line.number:
            told = f"“{each.option}” of “{each.row}” stands in line {known} already"
            yield line.problem("C008", "option", told, "Remove one of the two")


def _uneven(lines: Sequence[Line], read: Sequence[PublishedLine]) -> Iterator[Problem]:
    bases: dict[tuple[str, str], tuple[int, int]] = {}
    for line, each in zip(lines, read, strict=True):
        number, base = bases.setdefault((each.table, plain(each.row)), (line.number, each.base))
        if base != each.base:
            told = f"The base is {each.base:,}, but {base:,} in line {number} of the same question"
            yield line.problem("C009", "base", told, "Give all answers to a question the same base")
