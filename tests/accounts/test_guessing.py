"""Guessing codes: what it is worth, that a budget keeps it so, and that it locks nobody out."""

import math
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.codes import budget, trying
from accounts.codes.asking import ask_for_code
from accounts.codes.budget import WRONG_AT_ONE_ADDRESS, WRONG_IN_ALL
from accounts.codes.making import LETTERS
from accounts.codes.models import LONG, MOST_TRIES, SHORT, SignInCode
from accounts.codes.trying import Ended, try_code
from accounts.models import User
from tests import builders
from tests.accounts.test_codes import ask, enter, is_signed_in
from tests.post import code_in_the_post

CHAIR, STRANGER = "chair@example.org", "stranger@example.org"
WRONG = "BCDF-GHJK"
GOAL = 1e-6
DECISION = Path(__file__).resolve().parents[2] / "docs" / "decisions" / "0012-guessing-sign-in-codes.md"


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every guess that was compared with anything."""
    found: list[str] = []

    def is_same(one: str, other: str) -> bool:
        found.append(other)
        return one == other

    monkeypatch.setattr(trying, "is_same", is_same)
    return found


@pytest.fixture
def chair(db: None) -> User:
    cache.clear()
    return builders.person(CHAIR)


def guess(email: str, *, codes: int, now: datetime) -> list[object]:
    """Somebody asks for codes in browsers of their own and tries each as often as they may."""
    outcomes: list[object] = []
    for _ in range(codes):
        secret = ask_for_code(email, now=now)
        outcomes += [try_code(WRONG, secret=secret, now=now) for _ in range(MOST_TRIES)]
    return outcomes


@pytest.mark.pure
def test_chance_of_guessing_is_under_one_in_a_million_a_day() -> None:
    short, long = len(LETTERS) ** SHORT, len(LETTERS) ** LONG
    chances = {
        "148 addresses": 148 * WRONG_AT_ONE_ADDRESS / short,
        "any number": (WRONG_IN_ALL + 100) / short,
        "long": 150 * 86_400 / long,
    }
    assert (short, MOST_TRIES * 10) == (25_600_000_000, WRONG_AT_ONE_ADDRESS)
    assert all(chance < GOAL for chance in chances.values())
    # The exact chance of at least one hit is less than the sum.
    assert -math.expm1(WRONG_IN_ALL * math.log1p(-1 / short)) <= WRONG_IN_ALL / short
    said = DECISION.read_text(encoding="utf-8")
    assert [
        words for words in ("7,400 | 2.9 × 10⁻⁷", "20,000 | 7.8 × 10⁻⁷", "12,960,000 | 3.2 × 10⁻⁹") if words not in said
    ] == []


def test_guesses_at_one_address_are_compared_only_while_the_budget_lasts(chair: User, compared: list[str]) -> None:
    now = timezone.now()
    secrets = [ask_for_code(CHAIR, now=now) for _ in range(30)]  # all asked for before anything is entered

    outcomes = [try_code(WRONG, secret=secret, now=now) for secret in secrets for _ in range(MOST_TRIES)]

    assert (len(outcomes), len(compared)) == (150, WRONG_AT_ONE_ADDRESS - 1)
    assert set(outcomes[60:]) == {Ended.GUESSED_AT}


@pytest.mark.parametrize("had_asked", [True, False])
def test_chair_whose_address_is_guessed_at_signs_in_with_a_longer_code(chair: User, *, had_asked: bool) -> None:
    client, early = Client(), ""
    if had_asked:
        ask(client)
        early = code_in_the_post()
    guess(CHAIR, codes=40, now=timezone.now())
    if had_asked:
        text = enter(client, early).content.decode()
        assert ["codes are longer for now" in text, is_signed_in(client)] == [True, False]
        client.post("/sign-in/code/new/")
    else:
        ask(client)
    code = code_in_the_post()
    assert len(code.replace("-", "")) == LONG
    guess(CHAIR, codes=40, now=timezone.now())  # it goes on
    enter(client, code)
    assert is_signed_in(client)


def test_spraying_many_addresses_spends_the_budget_of_all(
    chair: User, compared: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "WRONG_IN_ALL", 60)
    now = timezone.now()
    for number in range(40):
        guess(f"board{number}@example.org", codes=1, now=now)
    short = SignInCode.objects.filter(letters=SHORT).count()
    assert (short, len(compared)) == (12, 59 + 28 * MOST_TRIES)  # what was asked for later is long
    secret = ask_for_code(CHAIR, now=now)
    code = code_in_the_post()
    assert (len(code.replace("-", "")), try_code(code, secret=secret, now=now)) == (LONG, chair)
    tomorrow = now + timedelta(days=1, minutes=11)
    ask_for_code(CHAIR, now=tomorrow)
    assert SignInCode.objects.latest("pk").letters == SHORT


def test_codes_that_were_right_spend_nothing(chair: User) -> None:
    now = timezone.now()
    for _ in range(WRONG_AT_ONE_ADDRESS + 1):
        SignInCode.objects.create(
            email=CHAIR, browser=str(_), asked_at=now, expires_at=now + timedelta(minutes=9), tries=1, used_at=now
        )
    assert not budget.is_spent(CHAIR, now=now)


def test_what_is_said_is_the_same_for_addresses_we_know_and_do_not(chair: User) -> None:
    now = timezone.now()
    known, unknown = guess(CHAIR, codes=20, now=now), guess(STRANGER, codes=20, now=now)
    assert known == unknown
    assert [each.letters for each in SignInCode.objects.filter(email=CHAIR).order_by("pk")] == [
        each.letters for each in SignInCode.objects.filter(email=STRANGER).order_by("pk")
    ]


def test_stranger_who_asks_all_day_does_not_keep_the_chair_from_asking(chair: User) -> None:
    def asks(address: str) -> bool:
        return ask(Client(REMOTE_ADDR=address)).status_code == 302

    stranger = [asks("10.0.0.1") for _ in range(6)]
    assert stranger == [True] * 4 + [False] * 2
    assert [asks("10.0.0.2"), asks("10.0.0.2")] == [True, False]
