"""What the report says of those who did not answer, beside the tests of its response tables."""

from dataclasses import dataclass

from analysis.outputs.certainty import CertainRow
from analysis.outputs.weighted_rows import WeightedRow


@dataclass(frozen=True, slots=True)
class PrintedSilence:
    """Sentences on blank questions and late returns; what is certain of each headline; weights where asked for."""

    paragraphs: tuple[str, ...]
    certain: tuple[CertainRow, ...]
    weighting: str
    weighted: tuple[WeightedRow, ...]
