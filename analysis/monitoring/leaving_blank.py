"""Service: the boards behind an item that many left blank (M15); each look is noted, and no answer is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.core.percent import percent
from respondents.contacts.eligibility import counted_submissions
from respondents.returns.models import Return
from survey.models import Wave
from survey.schema.document import NOT_ANSWERED, NOT_ASKED, REFUSED

LOOKED = declare("item.chased", "Looked who left an item blank")
FLAG_BELOW, MOST = 90, 500


@dataclass(frozen=True)
class Behind:
    """Of how many boards an item was asked, how many answered or would rather not, and which left it blank."""

    asked: int
    answered: int
    refused: int
    boards: Sequence[Return] = ()

    @property
    def rate(self) -> int | None:
        """The share that answered, in per cent."""
        return percent(self.answered, self.asked) if self.asked else None

    @property
    def is_flagged(self) -> bool:
        """Whether fewer than nine in ten of those asked answered."""
        return self.rate is not None and self.rate < FLAG_BELOW


def behind_item(wave: Wave, code: str, *, by: User, now: datetime) -> Behind:
    """The boards that were asked and left the item blank; those who said that they would rather not are let be."""
    counting = counted_submissions(wave).order_by()
    said = counting.values_list("survey_return", f"answers__{code}")
    codes = {found: value for found, value in said if value not in (NOT_ASKED, None)}
    blank = [found for found, value in codes.items() if value == NOT_ANSWERED]
    refused = sum(value == REFUSED for value in codes.values())
    behind = Behind(len(codes), len(codes) - len(blank) - refused, refused)
    if not behind.is_flagged:
        return behind
    returns = wave.returns.in_frame().filter(pk__in=blank[:MOST]).select_related("board")
    boards = list(returns.defer("answers", "texts", "copied").order_by("board__area_name", "pk"))
    record(LOOKED, by=by, subject=wave, about=code, wave=wave.slug, detail={"boards": len(boards)}, now=now)
    return replace(behind, boards=boards)
