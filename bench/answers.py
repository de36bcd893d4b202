"""Answers at random with a fixed seed: as a wave on an empty database, or as an extract without one."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from analysis.extracts import Extract
    from respondents.returns.models import Return, Submission
    from survey.models import Wave
    from survey.schema.document import Item, Questionnaire

BATCH = 2000
SENTENCE = "A sentence of the usual length about what stands in the way. "


def fill(returns: int) -> "Wave":
    """A wave on an empty database with so many submitted returns."""
    from django.core.management import call_command

    from tests.builders import wave, whole_register

    call_command("migrate", verbosity=0)
    whole_register()
    found = wave("bench")
    generator = np.random.default_rng(7)
    for start in range(0, returns, BATCH):
        submit(found, min(BATCH, returns - start), generator)
    return found


def submit(wave: "Wave", returns: int, generator: np.random.Generator) -> None:
    """So many more returns of the wave, submitted."""
    from respondents.returns.models import Return, Submission

    made = list(_returns(wave, returns, generator))
    Return.objects.bulk_create(made)
    columns = {item.code: answers_to(item, returns, generator).tolist() for item in _coded(wave.questionnaire)}
    several = [item.code for item in _coded(wave.questionnaire) if item.kind == "multiple"]
    columns |= {code: [[value] if value > 0 else value for value in columns[code]] for code in several}
    Submission.objects.bulk_create(
        _submission(one, {code: column[place] for code, column in columns.items()}) for place, one in enumerate(made)
    )


def _returns(wave: "Wave", number: int, generator: np.random.Generator) -> "Iterator[Return]":
    from respondents.register.models import AuthorityType, Region
    from respondents.returns.models import Return

    types, regions = (generator.choice(each.values, number).tolist() for each in (AuthorityType, Region))
    for authority_type, region in zip(types, regions, strict=True):
        yield Return(wave=wave, region=region, authority_type=authority_type, version=1, submitted_version=1)


def _submission(found: "Return", answers: dict[str, Any]) -> "Submission":
    from accounts.digests import digest_of
    from respondents.returns.models import Submission
    from respondents.returns.submitting import new_reference
    from survey.schema.packing import pack
    from tests.builders import NOW

    texts = {"G1": SENTENCE * 5}
    return Submission(
        survey_return=found,
        number=1,
        version=1,
        answers=answers,
        texts=texts,
        reference=new_reference(),
        packed=pack(answers, questionnaire=found.wave.questionnaire),
        digest=digest_of([str(found.pk), answers]),
        submitted_at=NOW,
    )


def answers_to(item: "Item", returns: int, generator: np.random.Generator) -> "np.ndarray[Any, np.dtype[np.int8]]":
    """One code of the item, or none, for each return."""
    codes = [*(option.value for option in item.scale.options), -9] if item.scale else [-9]
    return generator.choice(np.array(codes, dtype=np.int8), returns)


def random_extract(returns: int, questionnaire: "Questionnaire") -> "Extract":
    """An extract of so many returns that never were in a database."""
    from analysis.core.variables import variables_of
    from analysis.extracts import LEVELS, Extract

    generator = np.random.default_rng(7)
    columns = [
        pl.Series(name, levels, dtype=pl.Enum(levels)).gather(generator.integers(0, len(levels), returns))
        for name, levels in LEVELS.items()
    ]
    for variable in variables_of(questionnaire):
        codes = np.array([*variable.codes, *variable.missing], dtype=np.int8)
        columns.append(pl.Series(variable.name, generator.choice(codes, returns)))
    return Extract(pl.DataFrame(columns), questionnaire)


def _coded(questionnaire: "Questionnaire") -> "list[Item]":
    return [item for item in questionnaire.items.values() if item.coded]
