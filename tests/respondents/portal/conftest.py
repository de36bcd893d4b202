"""A chair, signed in, with the returns of an open wave."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from respondents.register.models import Board
from respondents.returns.models import Return
from survey.models import Wave
from tests import builders

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

KINDS = """
questionnaire: kinds
title: One question of each kind
text_hint: Do not name any child.
scales:
  - code: yesno
    options:
      - {value: 1, code: "yes", label: "Yes"}
      - {value: 2, code: "no", label: "No"}
sections:
  - code: A
    title: First section
    pages: {both: Two together}
    questions:
      - {code: A1, kind: number, wording: How many staff?, whole: true, min: 0}
      - {code: A2, kind: date, wording: When did you last meet?}
      - {code: A3, kind: single_choice, page: both, wording: Is there a plan?, scale: yesno}
      - {code: A4, kind: open_text, page: both, wording: What is in it?, shown_when: {item: A3, is: "yes"}}
  - code: B
    title: Second section
    questions:
      - {code: B1, kind: open_text, wording: Why is there none?, shown_when: {item: A3, is: "no"}}
      - {code: B2, kind: open_text, wording: Anything else?}
"""


BESIDE = """
questionnaire: beside
title: A question closed by an answer on another page, beside one that stays
text_hint: Do not name any child.
scales:
  - code: yesno
    options:
      - {value: 1, code: "yes", label: "Yes"}
      - {value: 2, code: "no", label: "No"}
sections:
  - code: A
    title: First section
    pages: {both: Two together}
    questions:
      - {code: A1, kind: single_choice, wording: Is there a plan?, scale: yesno}
      - {code: A2, kind: open_text, page: both, wording: What is in it?, shown_when: {item: A1, is: "yes"}}
      - {code: A3, kind: open_text, page: both, wording: Anything else?}
"""


@dataclass(frozen=True)
class Portal:
    """The chair's browser and what they chair."""

    client: Client
    person: User
    boards: list[Board]
    wave: Wave
    barnet: Return

    def url(self, rest: str = "", *, of: UUID | None = None) -> str:
        return f"/returns/{of or self.barnet.pk}/{rest}"

    def get(self, rest: str = "") -> "Answer":
        return self.client.get(self.url(rest))

    def text(self, rest: str = "") -> str:
        return str(self.get(rest).content.decode())

    def save(self, page: str, *, version: int, **answers: Any) -> "Answer":
        """Sends a page back; a dot in a name is written as two underscores."""
        sent = {name.replace("__", "."): value for name, value in answers.items()}
        return self.client.post(self.url(f"questions/{page}/"), {"base-version": version, **sent})

    def submit(self, version: int) -> "Answer":
        return self.client.post(self.url("submit/"), {"base-version": version})

    def now_closed(self) -> None:
        Wave.objects.update(closes_at=timezone.now() - timedelta(minutes=1))

    def stored(self) -> Return:
        return Return.objects.get(pk=self.barnet.pk)


def _portal(client: Client) -> Portal:
    now = timezone.now()
    boards = builders.two_boards()
    wave = builders.wave(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    person = builders.chair(*boards)
    client.force_login(person)
    return Portal(client, person, boards, wave, builders.return_of("barnet", in_wave=wave))


@pytest.fixture
def portal(client: Client, db: None) -> Portal:
    """The questionnaire of 2012."""
    return _portal(client)


@pytest.fixture
def kinds(client: Client, db: None) -> Portal:
    """A questionnaire with a number, a date and routing within and between pages."""
    builders.published(KINDS)
    return _portal(client)


@pytest.fixture
def beside(client: Client, db: None) -> Portal:
    """A page where an answer on another page closes one question beside one that stays."""
    builders.published(BESIDE)
    return _portal(client)


@pytest.fixture
def colleague(portal: Portal) -> Client:
    """Somebody else who chairs the same board, at another browser."""
    found = Client()
    found.force_login(builders.chair(portal.boards[0], email="deputy@example.org"))
    return found
