"""An extract counted in parts by a group of Celery's tasks gives the same cells as one pass.

The product counts in one pass, since a million returns take a third of a second (docs/performance.md).
"""

import operator
import random
from functools import reduce
from pathlib import Path

import pytest
from celery import group

from analysis.core.cube import count
from analysis.extracts import Extract
from analysis.frozen import freeze
from tests.analysis.core.examples import MISSING, frame_of, small_questionnaire
from tests.analysis.parts import count_part, read_part
from tests.workers import celery_worker

pytestmark = [pytest.mark.worker, pytest.mark.once, pytest.mark.django_db(transaction=True)]

ROWS, SIZE = 500, 64


def test_a_group_of_tasks_on_parts_gives_the_cells_of_one_pass(tmp_path: Path) -> None:
    questionnaire, chance = small_questionnaire(), random.Random(3)
    answers = ["agree", "neither", "disagree", *MISSING]
    rows = [
        {"region": chance.choice(["North", "South", ""]), "A1": chance.choice(answers), "C1.2": chance.choice(answers)}
        for _ in range(ROWS)
    ]
    frame = frame_of(rows, questionnaire=questionnaire)
    frozen = tmp_path / "frozen.parquet"
    freeze(Extract(frame, questionnaire), frozen)

    with celery_worker(tmp_path, "--include", "tests.analysis.parts") as wait_for:
        group(count_part.s(str(frozen), start, SIZE) for start in range(0, ROWS, SIZE)).apply_async()
        wait_for(lambda: len(list(tmp_path.glob("*.json"))) == -(-ROWS // SIZE))

    added = reduce(operator.add, map(read_part, tmp_path.glob("*.json")))
    whole = count(frame, questionnaire=questionnaire)
    assert (added.levels, added.items, added.total) == (whole.levels, whole.items, ROWS)
    assert added.returns.tolist() == whole.returns.tolist()
    assert added.answers.tolist() == whole.answers.tolist()
