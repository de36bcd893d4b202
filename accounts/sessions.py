"""Sessions in the database, found by a query that is put together once, with beside each what people may know of it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from accounts.prepared import Given, Prepared
from accounts.signed_in.lasting import MARK, begun_at, ends_at
from accounts.signed_in.models import Session

BY_KEY = Prepared(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now),
    key=Given(Session, "session_key", "a sample"),
    now=Given(Session, "expire_date", datetime(1990, 1, 1, tzinfo=UTC)),
)


class SessionStore(db.SessionStore):
    """Django's own, but for the look-up that every request makes, and for whose session it is and how long it lasts."""

    used_at: datetime | None = None  # as the row said when it was read

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Sessions that know whose they are."""
        return Session

    def create_model_instance(self, data: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- as Django has it
        """The row of this session: what is beside its content follows from the content."""
        row: Any = super().create_model_instance(data)  # type: ignore[arg-type]
        row.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.begun_at, row.used_at = begun_at(data), timezone.now()
        row.browser = data.get(MARK, {}).get("browser", "")
        row.expire_date = ends_at(row.begun_at, used=row.used_at)
        return row

    def note_use(self, *, now: datetime) -> None:
        """It was used now; one that was ended elsewhere in the meantime stays ended."""
        ends = ends_at(begun_at(self._session), used=now)  # type: ignore[attr-defined]
        Session.objects.filter(session_key=self.session_key).update(used_at=now, expire_date=ends)
        self.used_at = now

    def _get_session_from_db(self) -> Any:  # noqa: ANN401 -- as Django has it
        found = BY_KEY.rows(key=self.session_key, now=timezone.now())
        if found:
            self.used_at = found[0].used_at
            return found[0]
        self._session_key = None
        return None
