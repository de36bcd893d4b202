"""Two analysts, four boards that wrote something, and a frame of three codes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.models import Role, User
from analysis.core.coding import Applied, Code
from analysis.opentext.coding import code_answer, name_coders, say_done
from analysis.opentext.framing import add_code
from analysis.opentext.reading import Reading, reading_of
from analysis.opentext.work import Work, work_on
from respondents.returns.importing import import_returns
from survey.models import Wave
from tests import builders
from tests.kept import kept

ITEM = "G1"
HERE = f"/waves/munro-2012/tables/text/{ITEM}/"
TEXTS = {
    "one": "Money is short, and people leave.",
    "two": "Budgets fall while referrals rise.",
    "three": "Staff leave for Hackney; ring 020 7946 0999.",
    "four": "All is well.",
}


@dataclass
class Desk:
    """What a test of coding works with."""

    wave: Wave
    first: User
    second: User
    client: Client = field(default_factory=Client)

    @property
    def work(self) -> Work:
        """As it stands now."""
        return work_on(self.wave, ITEM)

    def at(self, who: User) -> Client:
        """This person's browser."""
        return builders.sign_in(Client(), who)

    def url(self, name: str, above: str = "code") -> str:
        """The page of the answer of this return."""
        return f"{HERE}{above}/{self.pseudonym(name)}/"

    def reading(self, name: str) -> Reading:
        """How this return's answer is to be read now."""
        return reading_of(self.work, self.work.answer(self.pseudonym(name)))

    def pseudonym(self, name: str) -> str:
        """What analysts call it."""
        return next(each.pseudonym for each in self.work.answers if each.text == TEXTS[name])

    def code(self, who: User, **codes: str) -> None:
        """This person gives these codes to the answers of these returns, and none to the others."""
        for name in TEXTS:
            work = self.work
            answer = work.answer(self.pseudonym(name))
            applied = [Applied(key) for key in codes.get(name, "").split()]
            reading = reading_of(work, answer)
            code_answer(work, reading, applied=applied, seen=reading.digest, by=who, now=timezone.now())

    def both_done(self) -> None:
        """Both say that they are done."""
        for who in (self.first, self.second):
            say_done(self.work, by=who, now=timezone.now())


def made_desk() -> Desk:
    """Ready to be coded."""
    wave, now = builders.wave(), timezone.now()
    lines = "".join(f'{name},,"{text}"\n' for name, text in TEXTS.items())
    import_returns(wave, f"return_id,board,{ITEM}\n{lines}five,,\n".encode(), now=now)
    first, second = (builders.person(f"{name}@example.org", role=Role.ANALYST) for name in ("ada", "ben"))
    for name in ("Money", "People", "Post"):
        code = Code("", name, f"Something about {name.lower()}", parent="people" if name == "Post" else "")
        add_code(wave, ITEM, code, by=first, now=now)
    name_coders(wave, ITEM, first=first, second=second, by=first, now=now)
    return Desk(wave, first, second)


@pytest.fixture(scope="module")
def desk_made_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    with kept(made_desk, django_db_blocker) as made:
        yield made


@pytest.fixture
def desk(desk_made_once: Desk, db: None) -> Desk:
    """As the database has it at the beginning of the test."""
    first, second = (User.objects.get(pk=each.pk) for each in (desk_made_once.first, desk_made_once.second))
    return Desk(Wave.objects.get(pk=desk_made_once.wave.pk), first, second)
