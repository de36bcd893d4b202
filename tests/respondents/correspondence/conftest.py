"""A team on Barnet's return, and two researchers of the survey team."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from accounts.models import Role, User
from accounts.outbox.models import Message
from respondents.correspondence.granting import approve_reopening, ask_for_reopening
from respondents.correspondence.models import Query, ReopeningRequest
from respondents.correspondence.querying import put_query
from respondents.returns.reopening import Reopening
from survey.models import Wave
from tests import builders
from tests.respondents.together.conftest import Team, team

__all__ = ["Correspondents", "talk", "team"]


class Correspondents:
    """The people on the return (`team.people`), and what the survey team does about it."""

    def __init__(self, team: Team) -> None:
        self.team = team
        for role in (Role.RESEARCHER, Role.ANALYST, Role.ADMINISTRATOR):
            team.people[role.value] = builders.person(f"{role.value}@example.org", role=role)

    def url(self, rest: str = "") -> str:
        return f"/waves/{self.team.wave.slug}/messages/{self.team.barnet.pk}/{rest}"

    def query(self, *, item: str = "C1", text: str = "Why so?", key: UUID | None = None) -> Query:
        by = self.team.people["researcher"]
        return put_query(self.team.stored(), item=item, text=text, key=key or uuid4(), by=by, now=timezone.now())

    def close_wave(self) -> None:
        Wave.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
        for found in (self.team.barnet, self.team.derby, self.team.wave):
            found.refresh_from_db()

    def ask(self, *sections: str, days: float = 2, key: UUID | None = None) -> ReopeningRequest:
        now, by = timezone.now(), self.team.people["researcher"]
        until, key = now + timedelta(days=days), key or uuid4()
        found, reason = self.team.stored(), "C1 was misread"
        return ask_for_reopening(found, sections=sections, until=until, reason=reason, key=key, by=by, now=now)

    def second(self) -> User:
        """Another researcher, who is there only where one is needed."""
        if "second" not in self.team.people:
            self.team.people["second"] = builders.person("second@example.org", role=Role.RESEARCHER)
        return self.team.people["second"]

    def reopen(self, *sections: str, days: float = 2) -> Reopening:
        asked = self.ask(*sections, days=days)
        return approve_reopening(asked, by=self.second(), now=timezone.now())

    def notices(self) -> list[Message]:
        return list(Message.objects.filter(kind__in=("survey_team", "reopening")).order_by("created_at", "recipient"))

    def told(self) -> list[str]:
        return [message.recipient.partition("@")[0] for message in self.notices()]


@pytest.fixture
def talk(team: Team) -> Correspondents:
    return Correspondents(team)
