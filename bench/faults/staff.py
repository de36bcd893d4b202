"""Simulated staff: a researcher who watches and sends reminders, an analyst who builds reports and takes them away.

Each notes what the site said was done, and tries again until it is said, as people do.
"""

import re
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from typing import TypeVar

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import DatabaseError, connection
from django.utils import timezone

from accounts.digests import bytes_digest
from accounts.models import Role
from accounts.people import ensure_person
from accounts.second.marks import begin, note_passed
from survey.working_days import working_day_from
from tests.faults.visitors import Reply, Visitor

HOME = "/waves/bench"
_ID = "([0-9a-f-]{36})"


@dataclass
class Noted:
    """What staff were told: mailings that were planned and sent, reports that were asked for, files taken away."""

    planned: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    taken: dict[str, set[str]] = field(default_factory=dict)
    looks: int = 0

    @property
    def acknowledgements(self) -> int:
        """How much they were told."""
        return len(self.planned) + len(self.sent) + len(self.asked) + sum(map(len, self.taken.values()))


def staff_session(email: str, role: Role) -> str:
    """The key of a session of staff who have just passed the second step."""
    person, now = ensure_person(email, name=email.partition("@")[0].capitalize(), role=role), timezone.now()
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    begin(session, now=now)
    note_passed(session, now=now)
    session.save()
    connection.close()
    return str(session.session_key)


@dataclass
class Member(Visitor):
    """One of the team, who goes on until it is over."""

    email: str
    role: Role
    noted: Noted
    over: threading.Event
    refused: list[str] = field(default_factory=list, init=False)

    def until(self, fine: Callable[[Reply], object], method: str, path: str, *fields: tuple[str, str]) -> Reply | None:
        """The first reply that will do; nothing if it was over before. What no fault explains is noted."""
        while not self.over.is_set():
            reply = self.ask(method, path, fields)
            if fine(reply):
                return reply
            if reply.status == 302 and "/sign-in/second/" in reply.location:
                self._pass_again()
            elif reply.status not in (0, 200, 503):
                self.refused.append(f"{method} {path} was answered with {reply.status}")
            self.over.wait(1)
        return None

    def _pass_again(self) -> None:
        """Files are handed out for ten minutes after the second step."""
        with suppress(DatabaseError):
            self.session = staff_session(self.email, self.role)


class Researcher(Member):
    """Watches, plans a reminder for another day, and sends it at once."""

    def work(self) -> None:
        """One mailing after another."""
        known, number = set[str](), 0
        day = working_day_from(timezone.localdate() + timedelta(days=7))
        while not self.over.is_set():
            number += 1
            due = f"{day.day} {day:%B %Y} at {9 + number // 60}:{number % 60:02}"
            planned = self.until(
                _is_planned, "POST", f"{HOME}/contacts/plan/new/", ("kind", "reminder"), ("due_at", due)
            )
            plan = planned and self.until(_is_page, "GET", f"{HOME}/contacts/plan/")
            if not plan:
                return
            (new,) = set(re.findall(rf"/contacts/plan/{_ID}/", plan.text)) - known or {""}
            known.add(new)
            self.noted.planned.add(new)
            if self.until(_is_sent, "POST", f"{HOME}/contacts/plan/{new}/send/"):
                self.noted.sent.add(new)
            self.watch()

    def watch(self) -> None:
        """Looks at the boards for a while."""
        for _ in range(10):
            self.ask("GET", f"{HOME}/contacts/")
            self.noted.looks += 1
            self.over.wait(3)


class Analyst(Member):
    """Asks for a report, waits for it, and takes it away."""

    def work(self) -> None:
        """One report after another, in two formats by turns."""
        number = 0
        while not self.over.is_set():
            number += 1
            kind = ("report_word", "report_pdf")[number % 2]
            asked = self.until(lambda reply: reply.status == 303, "POST", f"{HOME}/report/new/{kind}/")
            if not asked:
                return
            (build,) = re.findall(rf"/report/{_ID}/", asked.location)
            self.noted.asked.add(build)
            if self.until(lambda reply: "/file/" in reply.text, "GET", f"{HOME}/report/{build}/"):
                self._take(build)
            self.over.wait(5)

    def _take(self, build: str) -> None:
        found = self.until(_is_page, "GET", f"{HOME}/report/{build}/file/")
        if found:
            self.noted.taken.setdefault(build, set()).add(bytes_digest(found.content))


Somebody = TypeVar("Somebody", bound=Member)


class Team:
    """Both at work until the block ends."""

    def __init__(self, port: int) -> None:
        self.noted, self._over = Noted(), threading.Event()
        self.members: tuple[Researcher, Analyst] = (self._member(Researcher, port), self._member(Analyst, port))
        self.errors: list[str] = []
        self._threads = [threading.Thread(target=self._live, args=(each,), daemon=True) for each in self.members]

    def _member(self, kind: type[Somebody], port: int) -> Somebody:
        role = Role(kind.__name__.lower())
        email = f"{role}@example.org"
        return kind(port, staff_session(email, role), email, role, self.noted, self._over)

    def __enter__(self) -> "Team":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(timeout=60)
        for member in self.members:
            member.hang_up()
            self.errors += member.refused

    def _live(self, member: Researcher | Analyst) -> None:
        try:
            member.work()
        except Exception as error:  # noqa: BLE001 -- one who breaks down must be seen by the experiment
            self.errors.append(f"{type(member).__name__}: {type(error).__name__}: {error}")


def _is_page(reply: Reply) -> bool:
    return reply.status == 200


def _is_planned(reply: Reply) -> bool:
    """Said so now, or that the try before had come through."""
    return reply.status == 303 or (reply.status == 200 and "is planned for" in reply.text)


def _is_sent(reply: Reply) -> bool:
    return reply.status == 303 or (reply.status == 409 and "It is being sent, was sent" in reply.text)
