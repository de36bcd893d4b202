"""The whole questionnaire before it is answered, the same for every board: what its PDF and its Word document hold."""

from dataclasses import dataclass

from respondents.portal.pages.paper import PaperSection, paper_sections
from respondents.portal.words import moment_in_words
from survey.models import Wave

DEMONSTRATION = "Demonstration: no answer given here is used for anything."


@dataclass(frozen=True)
class BlankCopy:
    """The questionnaire of a wave with its dates and its routing in words."""

    title: str
    wave: str
    dates: str
    introduction: str
    purpose: str
    notice: str
    sections: tuple[PaperSection, ...]


def blank_copy(wave: Wave, *, demonstration: bool) -> BlankCopy:
    """The questionnaire that this wave asks."""
    questionnaire = wave.questionnaire
    return BlankCopy(
        title=questionnaire.title,
        wave=wave.title,
        dates=f"Opens {moment_in_words(wave.opens_at)}. Closes {moment_in_words(wave.closes_at)}.",
        introduction=questionnaire.introduction,
        purpose="This copy is for reading and for gathering answers together. Nothing written on it is sent: the chair "
        "enters the answers on the survey’s pages and submits them there.",
        notice=DEMONSTRATION if demonstration else "",
        sections=paper_sections(questionnaire),
    )
