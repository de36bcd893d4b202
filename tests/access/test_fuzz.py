"""A few hundred hostile inputs with every change; `python -m bench.fuzz` sends as many as one has time for."""

import logging
from collections.abc import Iterator
from random import Random

import pytest
from pytest_django import DjangoDbBlocker

from bench.fuzz import commands, words
from bench.fuzz.harvest import Target, targets
from bench.fuzz.running import Run, ask, noticed, plant, try_one
from tests.access.asking import every_route
from tests.access.table import ROWS
from tests.access.world import World, make_world
from tests.kept import kept

pytestmark = pytest.mark.once
ADDRESSES, INPUTS, SEED = 14, 260, 1


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with kept(make_world, django_db_blocker) as made:
        yield made


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Refusals are expected here, and need no line each."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("db")
def test_hostile_inputs_end_in_a_page_or_a_sentence_and_leave_nothing_half_done(world: World) -> None:
    plant(world)
    found, done = targets(world, some=ADDRESSES, seed=SEED), Run(SEED)
    with noticed() as raised:
        for number in range(INPUTS):
            try_one(done, world, found, number=number, raised=raised)
    assert done.faults == []
    assert sum(done.statuses.values()) >= INPUTS * 0.08


@pytest.mark.usefixtures("db")
def test_a_page_that_breaks_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.views.prefilled_email", lambda _: 1 / 0)
    target, done = Target("account_request_login_code", "anonymous", "/sign-in/"), Run(SEED)
    with noticed() as raised:
        ask(done, world, target, Random(SEED), number=0, raised=raised)
    assert [(fault.number, fault.what) for fault in done.faults] == [(0, "server error")]


@pytest.mark.pure
def test_every_command_of_the_product_is_driven() -> None:
    assert commands.missing() == []


@pytest.mark.pure
def test_every_route_is_driven_but_the_way_out() -> None:
    assert {route.name for route in every_route()} == ROWS.keys()
    assert len(words.MARKUP) > 5
