"""The columns of the records that are deposited: one name in every format, the permanent code, what its codes mean.

Names are letters, digits and underscores, at most 32: what SPSS, Stata, R and XML all take.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

from analysis.core.codebook import Entry, codebook_of
from analysis.core.cube import STRATA
from analysis.core.release.groups import Group
from analysis.core.shape import is_ordered
from analysis.core.variables import MISSING_LABELS, Variable, variables_of
from survey.schema.document import Questionnaire

ColumnKind = Literal["case", "group", "closed", "mark", "number", "year", "gap"]
Measure = Literal["nominal", "ordinal", "scale"]

LOWEST, HIGHEST = min(MISSING_LABELS), max(MISSING_LABELS)  # the one range of codes that mean no answer
LONGEST_NAME: Final = 32
LONGEST_LABEL: Final = 200
CASE: Final = "case"


@dataclass(frozen=True, slots=True)
class DataColumn:
    """One column: `code` is what it is called in the questionnaire for ever, `codes` are answers, `missing` none.

    `levels` are, for a column of groups, the levels of the stratum behind each code.
    """

    name: str
    code: str
    label: str
    kind: ColumnKind
    measure: Measure = "nominal"
    codes: Mapping[int, str] = field(default_factory=dict)
    missing: Mapping[int, str] = field(default_factory=dict)
    entry: Entry | None = None
    levels: tuple[tuple[str, ...], ...] = ()

    @property
    def labels(self) -> dict[int | float, str]:
        """Every code it may hold with its words, those that mean no answer last."""
        return dict([*self.codes.items(), *self.missing.items()])


def columns_of(questionnaire: Questionnaire, *, groups: Sequence[Group]) -> tuple[DataColumn, ...]:
    """Return the columns of the records: the case, the groups that the release shows, then the answers.

    What stands in the frame beside these groups is left out, and so is all that was written in words.
    """
    entries = codebook_of(questionnaire).entries[len(STRATA) :]
    answers = list(zip(variables_of(questionnaire), entries, strict=True))
    codes = [*(stratum for stratum in STRATA), *(variable.name for variable, _ in answers)]
    names = dict(zip(codes, names_for(codes), strict=True))
    return (
        DataColumn(CASE, CASE, "Case: a number without meaning", "case"),
        *_groups(groups),
        *(_answer(variable, entry, names[variable.name], questionnaire) for variable, entry in answers),
    )


def group_column(stratum: str) -> str:
    """Return the name of the column that holds the group of each record."""
    return f"{stratum}_group"


def names_for(codes: Iterable[str]) -> Iterator[str]:
    """Yield a name for each code; where two would be the same (no case is told apart), a number is added."""
    taken = {CASE}
    for code in codes:
        plain = re.sub(r"[^A-Za-z0-9_]", "_", code)
        plain = plain if plain[:1].isalpha() else f"v{plain}"
        name, number = plain[:LONGEST_NAME], 1
        while name.lower() in taken:
            number += 1
            name = f"{plain[: LONGEST_NAME - 1 - len(str(number))]}_{number}"
        taken.add(name.lower())
        yield name


def _groups(groups: Sequence[Group]) -> Iterator[DataColumn]:
    for stratum in STRATA:
        own = [group for group in groups if group.stratum == stratum]
        if own:
            yield DataColumn(
                name=group_column(stratum),
                code=group_column(stratum),
                label=f"Group of boards by {stratum.replace('_', ' ')}",
                kind="group",
                codes={place: group.label for place, group in enumerate(own, 1)},
                levels=tuple(group.levels for group in own),
            )


def _answer(variable: Variable, entry: Entry, name: str, questionnaire: Questionnaire) -> DataColumn:
    counted = variable.is_counted
    return DataColumn(
        name=name,
        code=variable.name,
        label=_label(variable, entry),
        kind="year" if variable.kind == "date" else variable.kind,
        measure=_measure(variable, questionnaire),
        codes=dict(variable.codes) if counted else {},
        missing=MappingProxyType({**MISSING_LABELS, **variable.missing}) if counted else {},
        entry=entry,
    )


def _label(variable: Variable, entry: Entry) -> str:
    """The code, what the item adds to its question, and the question; cut where a file has no room for more."""
    words = ": ".join(each for each in (entry.item, entry.wording) if each)
    told = {"gap": " (whether it was answered)", "date": " (year)"}.get(variable.kind, "")
    whole = f"{variable.name} {words}"
    room = LONGEST_LABEL - len(told)
    return (whole if len(whole) <= room else f"{whole[: room - 1].rstrip()}…") + told


def _measure(variable: Variable, questionnaire: Questionnaire) -> Measure:
    if not variable.is_counted:
        return "scale"
    scale = variable.item.scale
    is_scale = variable.kind == "closed" and scale is not None and is_ordered(scale, questionnaire)
    return "ordinal" if is_scale else "nominal"
