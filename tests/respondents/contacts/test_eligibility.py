"""Which returns count is told by one module: whoever asks otherwise is named here, with why."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("accounts", "survey", "respondents", "analysis", "config")
# Those that may ask without regard to the boards that left the population.
NAMED = {
    "respondents/returns/models.py": 1,  # what `submitted` is made of
    "respondents/contacts/eligibility.py": 1,
    "respondents/contacts/outcomes.py": 1,  # whoever is left out has an outcome too
    "analysis/monitoring/counts.py": 1,  # tells who is left out, beside the others
    "analysis/monitoring/tallying.py": 1,  # whether anything has changed
    "analysis/reports/respondents.py": 1,  # leaves out those who were so when the data were frozen
}


@pytest.mark.pure
def test_whoever_counts_returns_without_regard_to_the_population_is_named() -> None:
    asked = Counter(
        {
            str(path.relative_to(ROOT)): len(re.findall(r"\.counting\(\)", path.read_text(encoding="utf-8")))
            for room in ROOMS
            for path in (ROOT / room).rglob("*.py")
        }
    )
    assert dict(+asked) == NAMED
