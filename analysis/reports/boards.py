"""Service: one board beside the nation, for its chair."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from analysis.core.nation.report import Beside
from analysis.reports.nation import nation_of
from analysis.reports.published import Published, published_of
from analysis.reports.refusals import NotAmongThem, NotPublished
from analysis.reports.respondents import known_to
from respondents.returns.models import Return


@dataclass(frozen=True)
class BoardReport:
    """A board's report, and the release that it is made from."""

    found: Return
    published: Published
    beside: Beside


def board_report(found: Return, *, person: User, now: datetime) -> BoardReport:
    """The report of this return's board, for one of its chairs. Raises NotPublished or NotAmongThem."""
    published = published_of([found.wave_id], now=now).get(found.wave_id)
    if published is None:
        raise NotPublished(
            f"The results of {found.wave.title} are not published yet. We will write to you as soon as they are."
        )
    mine = known_to(published.release, person=person, now=now)
    if found.pk not in mine:
        raise NotAmongThem(
            f"{found.board} made no return that the published figures of {found.wave.title} count, so there is "
            "nothing to set beside them."
        )
    nation = nation_of(published.release, wave=found.wave)
    return BoardReport(found, published, nation.beside(mine[found.pk], known=mine.values()))
