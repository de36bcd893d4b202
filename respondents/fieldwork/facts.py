"""What somebody who is asked to answer wants to know first, in sentences."""

from dataclasses import dataclass
from operator import attrgetter
from statistics import median

from respondents.contacts.eligibility import counted_submissions
from respondents.returns.models import Return
from survey.counting import listed
from survey.models import Wave
from survey.moments import moment_in_words

ENOUGH = 10
ESTIMATE = "It takes about 45 minutes, without the time to ask others."


@dataclass(frozen=True)
class Facts:
    """Why this board, how long it takes, and until when."""

    board: str
    wave: str
    why: str
    how_long: str
    closes: str


@dataclass(frozen=True)
class WaveFacts:
    """What is the same for every board of a wave."""

    everybody: str
    how_long: str


def facts_of(found: Return, *, of_wave: WaveFacts | None = None) -> Facts:
    """The facts of one return; those of its wave may be known already."""
    known = of_wave or facts_of_wave(found.wave)
    authorities = [each.name for each in sorted(found.frame_authorities.all(), key=attrgetter("pk"))]
    area = listed(authorities) or str(found.board)
    return Facts(
        board=str(found.board),
        wave=found.wave.title,
        why=f"{known.everybody}This board answers for {area}, and nobody else can speak for it.",
        how_long=known.how_long,
        closes=moment_in_words(found.closes_at),
    )


def facts_of_wave(wave: Wave) -> WaveFacts:
    """The facts of a wave."""
    boards = wave.returns.in_frame().count()
    everybody = f"All {boards} boards in our register are asked; none was picked. " if boards > 1 else ""
    return WaveFacts(everybody, _how_long(wave))


def _how_long(wave: Wave) -> str:
    """From what those who have answered said, once they are enough."""
    told = counted_submissions(wave).filter(minutes_taken__isnull=False)
    minutes = [each for each in told.values_list("minutes_taken", flat=True) if each is not None]
    if len(minutes) < ENOUGH:
        return ESTIMATE
    return f"Half of the {len(minutes)} boards that told us needed {median(minutes):.0f} minutes or less."
