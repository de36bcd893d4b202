"""What staff do about one return goes into the audit; never what somebody answered or wrote."""

from datetime import datetime
from typing import Any

from accounts.audit.acts import Act, declare
from accounts.audit.recording import record
from accounts.models import User
from respondents.returns.models import Return

SAW = declare("telephone.viewed", "Saw answers while taking them by telephone")


def record_about(found: Return, act: Act, *, by: User | None, now: datetime, **detail: Any) -> None:
    """Records an act about this return, in the caller's transaction."""
    about = str(found.board or found.legacy_id)
    record(act, by=by, subject=found, about=about, wave=found.wave.slug, detail=detail, now=now)


def note_view(found: Return, *, by: User, page: str, now: datetime) -> None:
    """Records that a page with answers was shown on the telephone; people on the return read their own unrecorded."""
    if heard := found.standing.heard:
        record_about(found, SAW, by=by, now=now, call=heard.call, page=page)
