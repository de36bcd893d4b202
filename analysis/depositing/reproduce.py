"""Recomputes every released number from the records of this deposit and compares it with tables/tables.csv.

    python reproduce.py [FOLDER]

Needs Python 3.10 or later with pandas, and nothing else. FOLDER holds the files of the deposit; without it, it is the
folder of this script. A line is printed for each table. Ends with 0 if every number was found again, otherwise with 1.

recipe.json says, for each place of each table, which records are counted and which are its base; nothing in it was
counted. Response tables are of levels that the records do not show one by one: there the returns of a level stand in
frame/levels.csv, are compared with the records of its group, and every rate is computed. Counts of codes of answers in
words stand in coding/codes.csv, those of the outcomes of boards in frame/outcomes.csv: from them every percentage and
both response rates are computed. [c] is withheld: no number is compared.

Intervals are exact for a closed list of boards: the fewest and the most of all boards that could have given an answer,
each with a chance above 2.5% of so many returns, or so few. Bounds are what is certain whatever the others think. Their
base, the number of all boards, must be the one that frame/levels.csv adds up to.
"""

import json
import sys
from collections import Counter
from fractions import Fraction
from functools import cache
from math import comb, exp, floor, lgamma, sqrt
from pathlib import Path
from statistics import NormalDist

import pandas as pd

Figure = tuple[int | None, int | None]  # the number and its base
Conditions = list[tuple[str, str, list[int]]]  # a column, whether it must hold one of the codes or none, the codes
Line = tuple[str, str, Conditions, "Conditions | None"]  # row, column, what is counted, its base
Found = dict[tuple[str, str, str], Figure]  # by row, column and measure
TAIL = Fraction(25, 1000)
LARGEST_IN_INTEGERS = 1000
ENDS = {"interval_low", "interval_high", "bound_low", "bound_high"}


def main() -> int:
    """Compare every table; return what the process ends with."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    records = pd.read_csv(folder / "data" / "records.csv")
    tables = read(folder / "tables" / "tables.csv").astype(str)
    levels, codes = read(folder / "frame" / "levels.csv"), read(folder / "coding" / "codes.csv")
    outcomes = read(folder / "frame" / "outcomes.csv")
    recipe = json.loads((folder / "recipe.json").read_text(encoding="utf-8"))
    say(f"{len(records)} records, {tables['table'].nunique()} tables, {len(tables)} figures.")
    wrong, boards = groups_that_differ(records, levels), boards_in(levels)
    for table, figures in tables.groupby("table", sort=False):
        if table in recipe["levels"]:
            found = response_figures(records, levels[levels["table"] == table])
        elif table in recipe["codes"]:
            found = code_figures(codes[codes["table"] == table])
        elif table in recipe["outcomes"]:
            found = outcome_figures(outcomes[outcomes["table"] == table])
        else:
            found = counted_figures(records, recipe["tables"][table])
        found.update(ranges(figures, found, boards))
        wrong += compared(table, figures, found, recipe["others"].get(table, []))
    say("Every number was found again." if not wrong else f"{wrong} DIFFERENT.")
    return 1 if wrong else 0


def say(*lines: str) -> None:
    """Print these lines."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def read(path: Path) -> pd.DataFrame:
    """The file as it is written: what is empty stays empty."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def met(records: pd.DataFrame, conditions: Conditions) -> pd.Series:
    """Which records meet all conditions."""
    kept = pd.Series(data=True, index=records.index)
    for column, how, codes in conditions:
        kept &= records[column].isin(codes) == (how == "in")
    return kept


def counted_figures(records: pd.DataFrame, lines: list[Line]) -> Found:
    """The count and the percentage of each place, with their base."""
    found: Found = {}
    for row, column, counted, base in lines:
        count = int(met(records, counted).sum())
        whole = None if base is None else int(met(records, base).sum())
        found[row, column, "count"] = count, whole
        found[row, column, "percent"] = share(count, whole), whole
    return found


def response_figures(records: pd.DataFrame, levels: pd.DataFrame) -> Found:
    """The returns of each level of the frame with their rates, and of all levels together."""
    found: Found = {}
    eligible = {"eligible_authorities": 0, "eligible_boards": 0}
    for level in levels.to_dict("records"):
        known = {name: number(level[name]) for name in eligible}
        found.update(response(level["row"], returns_of(level, records), known, len(records)))
        eligible = {name: total + (known[name] or 0) for name, total in eligible.items()}
    found.update(response("total", len(records), eligible, len(records)))
    return found


def returns_of(level: dict[str, str], records: pd.DataFrame) -> int | None:
    """From the records where a group is this level alone, else as the frame has it."""
    if level["alone"] == "yes":
        return int((records[level["column"]] == int(level["group"])).sum())
    return number(level["returns"])


def response(row: str, returns: int | None, eligible: dict[str, int | None] | dict[str, int], total: int) -> Found:
    """The figures of one row of a response table."""
    authorities, boards = eligible["eligible_authorities"], eligible["eligible_boards"]
    return {
        (row, "returns", "count"): (returns, total),
        (row, "eligible_authorities", "count"): (authorities, None),
        (row, "response_rate", "percent"): (share(returns, authorities), authorities),
        (row, "eligible_boards", "count"): (boards, None),
        (row, "response_rate_boards", "percent"): (share(returns, boards), boards),
        (row, "share_of_returns", "percent"): (share(returns, total), total),
    }


def code_figures(codes: pd.DataFrame) -> Found:
    """How many boards have each code, of those that answered in words and of all that submitted."""
    found: Found = {}
    for each in codes.to_dict("records"):
        boards, answered, submitted = (number(each[name]) for name in ("boards", "answered", "submitted"))
        found[each["row"], "boards", "count"] = boards, answered
        found[each["row"], "answered", "percent"] = share(boards, answered), answered
        found[each["row"], "submitted", "percent"] = share(boards, submitted), submitted
    return found


def outcome_figures(outcomes: pd.DataFrame) -> Found:
    """How many boards have each outcome, of those that could answer, with RR2 and RR1."""
    told = {each["row"]: (int(each["boards"]), each["eligible"] == "yes") for each in outcomes.to_dict("records")}
    eligible = sum(boards for boards, counts in told.values() if counts)
    made, whole = told["complete"][0] + told["partial"][0], told["complete"][0]
    rows = {row: (boards, eligible if counts else None) for row, (boards, counts) in told.items()}
    rows |= {"total": (eligible, eligible), "rr2": (made, eligible), "rr1": (whole, eligible)}
    found: Found = {}
    for row, (boards, base) in rows.items():
        found[row, "boards", "count"] = boards, base
        found[row, "share", "percent"] = share(boards, base), base
    return found


def boards_in(levels: pd.DataFrame) -> set[int]:
    """How many boards the frame has, by each of its strata."""
    return {sum(number(each) or 0 for each in within["eligible_boards"]) for _, within in levels.groupby("table")}


def ranges(figures: pd.DataFrame, found: Found, boards: set[int]) -> Found:
    """What the counts that were found tell of all boards: the ends of their intervals, and their bounds."""
    told: Found = {}
    for figure in figures.to_dict("records"):
        row, column, measure = figure["row"], figure["column"], figure["measure"]
        count, base = found.get((row, column, "count"), (None, None))
        everyone = number(figure["base"])
        if count is None or not base or everyone is None:
            continue
        if measure.endswith("_percent") and everyone == base:
            told[row, column, measure] = wilson(count, base)[measure == "interval_high_percent"], base
        elif measure in ENDS and base <= everyone and (everyone in boards or not boards):
            told[row, column, measure] = end_of(measure, count, base, everyone), everyone
    return told


def fewest(count: int, base: int, everyone: int) -> int:
    """The lowest number of all boards under which at least so many of those that answered are no rarity."""
    low, high = count, everyone - base + count
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if chance(count, base, middle, everyone) > TAIL else (middle + 1, high)
    return low


@cache
def chance(count: int, base: int, having: int, everyone: int) -> "Fraction | float":
    """That at least `count` of `base` boards, drawn of `everyone`, are among the `having` that would say so."""
    last, first = min(having, base), max(count, base - everyone + having)
    if everyone <= LARGEST_IN_INTEGERS:
        ways = sum(comb(having, j) * comb(everyone - having, base - j) for j in range(first, last + 1))
        return Fraction(ways, comb(everyone, base))
    whole = log_ways(everyone, base)
    return sum(exp(log_ways(having, j) + log_ways(everyone - having, base - j) - whole) for j in range(first, last + 1))


def log_ways(of: int, some: int) -> float:
    """The logarithm of the number of ways to choose some of them."""
    return lgamma(of + 1) - lgamma(some + 1) - lgamma(of - some + 1)


def end_of(measure: str, count: int, base: int, everyone: int) -> int:
    """One end of the interval for all boards, or of the bounds."""
    if measure == "interval_low":
        return fewest(count, base, everyone)
    if measure == "interval_high":
        return everyone - fewest(base - count, base, everyone)
    return count if measure == "bound_low" else everyone - base + count


def wilson(count: int, base: int) -> tuple[int, int]:
    """Both ends of Wilson's interval in whole per cent, halves rounded up."""
    z, p = NormalDist().inv_cdf(0.975), count / base
    half = z * sqrt(p * (1 - p) / base + z * z / (4 * base * base))
    low, high = (((p + z * z / (2 * base)) + sign * half) / (1 + z * z / base) for sign in (-1, 1))
    return floor(100 * max(low, 0) + 0.5), floor(100 * min(high, 1) + 0.5)


def groups_that_differ(records: pd.DataFrame, levels: pd.DataFrame) -> int:
    """The levels of a group have as many returns as it has records, where none of them is withheld."""
    wrong = 0
    for (table, column, group), within in levels[levels["group"] != ""].groupby(["table", "column", "group"]):
        returns = [number(each) for each in within["returns"]]
        there = int((records[column] == int(group)).sum())
        if None not in returns and sum(each or 0 for each in returns) != there:
            say(f"{table}: DIFFERENT: {there} records of group {group}, returns of its levels {returns}")
            wrong += 1
    return wrong


def compared(table: str, figures: pd.DataFrame, found: Found, others: list[str]) -> int:
    """Print a line for the table and one for each number that differs; return how many differ."""
    told: Counter[str] = Counter()
    wrong = []
    for figure in figures.to_dict("records"):
        place = figure["row"], figure["column"], figure["measure"]
        kind = kind_of(figure, found.get(place), others)
        told[kind] += 1
        if kind == "DIFFERENT":
            wrong.append(
                f"  {' '.join(place)}: released {figure['value']} of {figure['base']}, here {found.get(place)}"
            )
    say(f"{table}: " + ", ".join(f"{many} {kind}" for kind, many in told.items()))
    say(*wrong)
    return len(wrong)


def kind_of(figure: dict[str, str], found: Figure | None, others: list[str]) -> str:
    """How a released figure stands to what was found for its place."""
    if figure["column"] in others:
        return "of other surveys"
    if figure["marker"] == "[c]":
        return "withheld [c]"
    if not figure["value"]:
        return "without a number"
    return "as released" if found == (number(figure["value"]), number(figure["base"])) else "DIFFERENT"


def share(count: int | None, whole: int | None) -> int | None:
    """A whole percentage, halves rounded up; none without a base."""
    return None if count is None or not whole else (200 * count + whole) // (2 * whole)


def number(text: str) -> int | None:
    """The number in a cell; none where the cell is empty."""
    return int(text) if text else None


if __name__ == "__main__":
    sys.exit(main())
