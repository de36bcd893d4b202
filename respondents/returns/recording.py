"""What staff do about one return goes into the audit; never what somebody answered or wrote."""

from datetime import datetime
from typing import Any

from accounts.audit.acts import Act
from accounts.audit.recording import record
from accounts.models import User
from respondents.returns.models import Return


def record_about(found: Return, act: Act, *, by: User, now: datetime, **detail: Any) -> None:
    """Records an act about this return, in the caller's transaction."""
    about = str(found.board or found.legacy_id)
    record(act, by=by, subject=found, about=about, wave=found.wave.slug, detail=detail, now=now)
