from collections.abc import Callable
from pathlib import Path

import pytest

from survey.schema.document import Questionnaire, load

HERE = Path(__file__).parent
DOCUMENTS = HERE.parents[2] / "survey" / "documents"


@pytest.fixture(scope="session")
def example() -> Callable[[str], Questionnaire]:
    return lambda name: load((HERE / "examples" / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def munro_text() -> str:
    return (DOCUMENTS / "munro_2012.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def munro(munro_text: str) -> Questionnaire:
    return load(munro_text)
