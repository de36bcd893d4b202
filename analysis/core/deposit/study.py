"""What an archive asks of a survey as a whole: who made it and paid for it, of whom, when, how, and who answered."""

from dataclasses import dataclass
from datetime import date

from analysis.core.response import Rate


@dataclass(frozen=True, slots=True)
class Study:
    """One wave as an archive knows it; `number` is that of the release, `digest` that of the data it was made from."""

    id: str
    title: str
    wave: str
    questionnaire: str
    questionnaire_digest: str
    source: str
    unit: str
    producer: str
    funder: str
    opened: date
    closed: date
    boards: Rate
    returns: int
    number: int
    made: date
    digest: str
    about: str = ""

    @property
    def citation(self) -> str:
        """How the deposit is cited."""
        whose = f"{self.producer}. " if self.producer else ""
        return f"{whose}{self.title}: records and tables, release {self.number} ({self.made.year})."
