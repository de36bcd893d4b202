"""A coding frame and invented codings of one question, so that agreement, decisions and counts show something."""

from datetime import datetime
from pathlib import Path

from accounts.models import User
from analysis.opentext.coding import name_coders, say_done
from analysis.opentext.framing import import_frame
from analysis.opentext.importing import import_codings
from analysis.opentext.work import work_on
from config.demonstration.people import ANALYST, SECOND_ANALYST
from survey.models import Wave

ITEM = "F1.details"
_HERE = Path(__file__).parent.parent
FRAME = _HERE / "coding_frame_2012_F1.csv"
CODINGS = _HERE / "codings_2012_synthetic.csv"


def fill_codings(wave: Wave, *, now: datetime) -> None:
    """Two analysts have coded what boards did for reflective practice, and differ on two answers."""
    first, second = (User.objects.get(email=each.email) for each in (ANALYST, SECOND_ANALYST))
    import_frame(wave, ITEM, FRAME.read_bytes(), by=first, now=now)
    name_coders(wave, ITEM, first=first, second=second, by=first, now=now)
    import_codings(wave, CODINGS.read_bytes(), by=first, now=now)
    for coder in (first, second):
        say_done(work_on(wave, ITEM), by=coder, now=now)
