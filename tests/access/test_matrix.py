"""Every route × every actor × every method × own, other and mismatched objects, as declared in the table."""

import logging
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from accounts.models import STAFF as STAFF_ROLES
from accounts.rules import Rule, rule_of
from tests.access.asking import LET_IN, METHODS, Outcome, Route, Strange, ask_rule, ask_site, ask_strictly, every_route
from tests.access.table import ROWS, STAFF, Row
from tests.access.world import World, make_world
from tests.kept import kept

pytestmark = pytest.mark.once

ACTORS = (
    *("anonymous", "deactivated", "chair", "other_chair", "contributor", "signer", "removed", "former_chair"),
    *("no_second", "researcher", "analyst", "administrator"),
)
DONE = {200, 302, 303, 400, 409}  # a form was taken, or shown again; who sent it was let in
# A machine with a key of its own, browsers that report, a page that is the same whatever is sent, figures.
WITHOUT_TOKEN = {"csp_report", "invitation", "metrics", "outbox:notify_receipt"}
TOKEN = "a" * 32
STRANGE: dict[str, Strange] = {
    "nothing": Strange(),
    "a wrong token": Strange(token="b" * 32),
    "a good token, but from another site": Strange(token=TOKEN, headers={"Origin": "https://evil.example"}),
    "a good token from nowhere": Strange(token=TOKEN, headers={"Origin": "null"}),
    "JSON": Strange(kind="application/json"),
    "plain text": Strange(kind="text/plain"),
    "another method by a field": Strange(token="c" * 32, headers={"X-HTTP-Method-Override": "GET"}),
}
THEIRS = {"own": {"chair", "contributor", "signer"}, "other": {"other_chair"}}
ROUTES = {route.name: route for route in every_route()}
KNOWN = sorted(ROUTES.keys() & ROWS.keys())  # those that are missing are named by a test of their own


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of refusals are expected here, and need no line each."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def rule(route: Route) -> Rule:
    found = rule_of(route.view)
    assert found, route.name
    return found


@pytest.mark.pure
def test_every_route_has_a_row_and_every_row_a_route() -> None:
    without_row, without_route = sorted(ROUTES.keys() - ROWS.keys()), sorted(ROWS.keys() - ROUTES.keys())
    assert (without_row, without_route) == ([], []), "Mend tests/access/table.py: each route has one line."


@pytest.mark.pure
@pytest.mark.parametrize("name", KNOWN)
def test_the_rule_of_a_route_is_the_declared_one(name: str) -> None:
    row, declared = ROWS[name], rule(ROUTES[name])
    roles = STAFF_ROLES if declared.roles is None else declared.roles

    assert (declared.needs_sign_in, declared.step_up) == (not row.is_public, row.step_up)
    assert declared.at_door == ("no_second" in row.who and not row.is_public)
    assert row.is_mine or {role.value for role in roles} == row.who & STAFF


@pytest.fixture(scope="module")
def world_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with kept(make_world, django_db_blocker) as made:
        yield made


@pytest.fixture
def world(world_once: World, db: None) -> World:
    """The same for all; what was read of sessions is read anew."""
    world_once.read.clear()
    return world_once


def test_the_matrix_is_as_declared_and_looking_changes_nothing(world: World) -> None:
    cells = [cell for name in KNOWN for cell in cells_of(world, ROUTES[name], ROWS[name])]

    assert "\n".join(filter(None, cells)) == ""
    assert len(cells) >= len(KNOWN) * len(ACTORS) * len(METHODS)


def test_a_page_that_asks_again_does_so_after_ten_minutes(world: World) -> None:
    world.let_time_pass()

    for name in KNOWN:
        if ROWS[name].step_up:
            for actor in ROWS[name].who:
                asked = ask_rule(world, actor, ROUTES[name], method="POST", address="/")
                assert asked.word == "second step", (name, actor)


def test_no_form_is_taken_without_its_token_or_from_another_site(world: World) -> None:
    taken = [f"{name} {how}" for name in KNOWN if ROWS[name].post for how in taken_from(world, name)]
    assert {each.partition(" ")[0] for each in taken} == WITHOUT_TOKEN


def taken_from(world: World, name: str) -> list[str]:
    """The ways in which a form without a good token is let in."""
    row, route = ROWS[name], ROUTES[name]
    actor = "anonymous" if row.is_public else next(each for each in ACTORS if each in row.who)
    address = address_of(world, route, row, "own")
    return [
        how for how, sent in STRANGE.items() if ask_strictly(world, actor, address=address, sent=sent).status != 403
    ]


def cells_of(world: World, route: Route, row: Row) -> list[str]:
    """For each cell of this route what is wrong with it, or nothing."""
    return [
        wrong_with(world, route, row, actor=actor, method=method, variant=variant, address=address)
        for variant in variants_of(route, row)
        for address in [address_of(world, route, row, variant)]
        for method in METHODS
        for actor in ACTORS
        if variant == "own" or reaches_view(row, actor, method)
    ]


def reaches_view(row: Row, actor: str, method: str) -> bool:
    """Whether a view looks for the object; a rule answers the same whatever is asked for."""
    by_answering = {"chair", "other_chair", "contributor", "researcher"}
    return method in {"GET", "POST"} and actor in (by_answering if row.is_mine else row.who)


def variants_of(route: Route, row: Row) -> tuple[str, ...]:
    if row.is_public or not route.arguments:
        return ("own",)
    if row.is_mine:
        swapped = bool(route.arguments & {"contribution_id", "query_id"})
        return ("own", "other", "swapped") if swapped else ("own", "other")
    named = route.arguments & {"return_id", "build_id", "person_id", "number", "message_id", "mailing_id"}
    return ("own", "elsewhere") if named else ("own", "nowhere")


def address_of(world: World, route: Route, row: Row, variant: str) -> str:
    """Where this route leads with what is one's own, or with something else."""
    values = getattr(world, variant)
    return route.address(values | {name: values[key] for name, key in row.values.items()})


def wrong_with(world: World, route: Route, row: Row, *, actor: str, method: str, variant: str, address: str) -> str:
    """What differs from what is declared."""
    expected = expected_of(route, row, actor=actor, method=method, variant=variant)
    got = ask_rule(world, actor, route, method=method, address=address)
    if got.status == LET_IN:
        if is_left_out(row, actor=actor, method=method, expected=expected):
            return ""
        got = ask_site(world, actor, method=method, address=address, body=row.body)
    told = f"{route.name} {method} {variant} {actor}: {got.word} instead of {sorted(expected, key=str)}"
    if got.word not in expected:
        return told
    if got.headers:
        return f"{told}: {got.headers}"
    return f"{told}: {got.written}" if method in {"GET", "HEAD"} and got.written else ""


def is_left_out(row: Row, *, actor: str, method: str, expected: set[str | int]) -> bool:
    """What is the same for all whom the rule lets in, or for GET and HEAD, is asked of the site for one of them."""
    first = next(each for each in ACTORS if each in row.who or not row.who)
    if row.is_slow and 200 in expected:
        return True
    if row.is_public:
        return actor not in {"anonymous", "chair", "no_second"} or (method == "POST" and actor != "anonymous")
    return actor != first and (method not in {"GET", "POST"} or expected == {405})


def expected_of(route: Route, row: Row, *, actor: str, method: str, variant: str) -> set[str | int]:
    """What is declared of this cell."""
    if row.is_public:
        return _shown(row, actor, method) | ({row.get or 405, 405} if method not in {"GET", "HEAD", "POST"} else set())
    if method not in {"GET", "HEAD", "POST"}:
        return {405}
    if actor in {"anonymous", "deactivated"}:
        return {"sign in"}
    if actor == "no_second" and actor not in row.who:
        return {"second step"}
    shown = _shown(row, actor, method)
    if shown == {405} and (row.is_mine or actor in row.who):
        return shown
    return shown if _may(row, actor, method, variant) else {404}


def _may(row: Row, actor: str, method: str, variant: str) -> bool:
    if not row.is_mine:
        return actor in row.who and variant == "own"
    part = "chair" if actor == "other_chair" else actor
    who = row.who if method != "POST" or row.sends is None else row.sends
    return part in who and actor in THEIRS.get(variant, set())


def _shown(row: Row, actor: str, method: str) -> set[str | int]:
    if method == "POST":
        if row.post is False or row.post is not True:
            return {row.post or 405}
        return {404} if row.but.get(actor) == 404 else {*DONE, "sign in", "second step"}
    page = None if row.get is None else row.but.get(actor, row.get)
    return {405} if page is None else {302, "sign in", "second step"} if page == 302 else {page}


@pytest.mark.pure
def test_an_outcome_is_told_by_the_door_it_leads_to() -> None:
    assert Outcome(302, "/sign-in/second/?next=/waves/").word == "second step"
    assert Outcome(303, "/waves/").word == 303
