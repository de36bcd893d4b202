"""A board's return on which a chair, colleagues and strangers meet."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from respondents.returns.models import Return
from respondents.returns.saving import Sending, save_answers
from respondents.together.inviting import invite
from respondents.together.models import Contribution
from respondents.together.signing import ask_for_signature
from survey.models import Wave
from survey.schema.answers import Value
from tests import builders

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

NAMES = ("chair", "other", "ann")


@dataclass
class Team:
    """Who is on Barnet's return, each at their own browser."""

    wave: Wave
    barnet: Return
    derby: Return
    people: dict[str, User]
    browsers: dict[str, Client] = field(default_factory=dict)

    def url(self, rest: str = "", *, of: Return | None = None) -> str:
        return f"/returns/{(of or self.barnet).pk}/{rest}"

    def at(self, who: str) -> Client:
        if who not in self.browsers:
            self.browsers[who] = builders.sign_in(Client(), self.people[who])
        return self.browsers[who]

    def get(self, who: str, rest: str = "") -> "Answer":
        return self.at(who).get(self.url(rest))

    def text(self, who: str, rest: str = "") -> str:
        return str(self.get(who, rest).content.decode())

    def post(self, who: str, rest: str, **sent: Any) -> "Answer":
        return self.at(who).post(self.url(rest), {name.replace("__", "."): value for name, value in sent.items()})

    def save(self, who: str, page: str, *, version: int, **answers: Any) -> "Answer":
        return self.post(who, f"questions/{page}/", **{"base-version": version, **answers})

    def stored(self) -> Return:
        return Return.objects.get(pk=self.barnet.pk)

    def invite(self, who: str, *sections: str) -> Contribution:
        made = invite(
            self.stored(),
            email=f"{who}@example.org",
            name=who.capitalize(),
            sections=sections,
            by=self.people["chair"],
            now=timezone.now(),
        )
        self.people[who] = made.person
        return made

    def answer(self, who: str = "chair", **sent: Value) -> int:
        found = self.stored()
        save_answers(found, Sending(found.version, sent), person=self.people[who], now=timezone.now())
        return self.stored().version

    def ask_to_sign(self, who: str = "signer") -> None:
        found, by = self.stored(), self.people["chair"]
        email = f"{who}@example.org"
        ask_for_signature(found, email=email, name=who.capitalize(), version=found.version, by=by, now=timezone.now())
        self.people[who] = builders.person(email)


def _team(wave: Wave, people: dict[str, User]) -> Team:
    barnet, derby = (builders.return_of(slug, in_wave=wave) for slug in ("barnet", "derby-and-derbyshire"))
    return Team(wave, barnet, derby, people)


def gather() -> Team:
    """The chair of Barnet, the chair of Derby, and a contributor who was asked for sections B and C."""
    now = timezone.now()
    barnet, derby = builders.two_boards()
    wave = builders.wave(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=3))
    people = {"chair": builders.chair(barnet), "other": builders.chair(derby, email="other@example.org")}
    found = _team(wave, people)
    found.invite("ann", "B", "C")
    return found


def gathered(*others: str) -> Team:
    """The same as the database has them now, and who has come since."""
    wave = Wave.objects.get()
    people = {who: User.objects.get(email=f"{who}@example.org") for who in (*NAMES, *others)}
    return _team(wave, people)


@pytest.fixture
def team(team_gathered_once: Team, db: None) -> Team:
    return gathered()


def needs_signature(team: Team) -> None:
    """From now on the wave asks for a second person's signature."""
    Wave.objects.update(needs_signature=True)
    team.wave.refresh_from_db()


@pytest.fixture
def signed(team: Team) -> Team:
    """The same where the wave asks for a second person's signature."""
    needs_signature(team)
    return team
