from collections.abc import Callable

import pytest

from survey.schema.document import Questionnaire
from survey.schema.progress import Progress, section_progress

pytestmark = pytest.mark.pure

Example = Callable[[str], Questionnaire]


def test_section_progress_counts_what_is_asked(example: Example) -> None:
    questionnaire = example("routing")
    section = questionnaire.section("A")

    assert section_progress(section, questionnaire, {}) == Progress(answered=0, applicable=3)
    assert section_progress(section, questionnaire, {"A1": 1, "A2": -6, "A3": []}) == Progress(answered=2, applicable=3)
    assert section_progress(section, questionnaire, {"A3": [2], "A4": ""}) == Progress(answered=1, applicable=4)


def test_section_progress_does_not_wait_for_details(example: Example) -> None:
    questionnaire = example("yes_no_details")

    progress = section_progress(questionnaire.section("F"), questionnaire, {"F1": 1})

    assert progress == Progress(answered=1, applicable=1)
    assert progress.complete


def test_section_progress_does_not_count_missing_codes_as_answers(example: Example) -> None:
    questionnaire = example("yes_no_details")

    assert not section_progress(questionnaire.section("F"), questionnaire, {"F1": -9}).complete
