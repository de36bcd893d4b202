"""Service: the codebook of a wave, with the returns that count now."""

from analysis.core.codebook import Codebook, codebook_of
from analysis.core.cube import count
from analysis.extracts import read_extract
from survey.models import Wave


def codebook_for(wave: Wave) -> Codebook:
    """Every column of the wave's extract, its codes counted."""
    extract = read_extract(wave)
    return codebook_of(extract.questionnaire, cube=count(extract.frame, questionnaire=extract.questionnaire))
