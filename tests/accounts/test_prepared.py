"""Prepared queries give what the queryset gives, whatever they were asked before, and never what was left behind."""

import threading
from datetime import datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.prepared import Given, Prepared
from respondents.returns.models import Return
from respondents.returns.reading import BY_ID, read_for
from tests.builders import NOW, chair, person, sign_in, wave

pytestmark = pytest.mark.django_db

BY_EMAIL = Prepared(lambda email: User.objects.filter(email=email), email=Given(User, "email", "nobody@example.org"))


def test_each_run_has_its_own_values_and_its_own_rows() -> None:
    ann, ben = person("ann@example.org"), person("ben@example.org")
    assert [BY_EMAIL.rows(email=who.email) for who in (ann, ben, ann)] == [[ann], [ben], [ann]]
    assert BY_EMAIL.rows(email="carol@example.org") == []
    User.objects.filter(pk=ann.pk).update(name="Another")
    assert BY_EMAIL.rows(email=ann.email)[0].name == "Another"
    assert ann.name == "Ann"


def test_rows_bring_along_what_the_queryset_selected() -> None:
    found = wave().returns.select_related("wave", "board").get(board__slug="barnet")
    with CaptureQueriesContext(connection) as asked:
        (read,) = BY_ID.rows(pk=found.pk)
        assert (read.board, read.wave, read.answers) == (found.board, found.wave, {})
    assert len(asked) == 1
    read.answers["C1"] = 1
    assert BY_ID.rows(pk=found.pk)[0].answers == {}


def test_a_value_without_a_place_is_refused() -> None:
    astray = Prepared(lambda pk: User.objects.exclude(pk=pk + 1), pk=Given(User, "id", 7))
    with pytest.raises(ValueError, match="Not every value"):
        astray.rows(pk=1)


def test_who_has_no_part_in_a_return_reads_nothing() -> None:
    barnet, derby = wave().returns.order_by("board__slug")
    assert barnet.board is not None
    ann = chair(barnet.board)

    def reads(found: Return | UUID, who: User, *, now: datetime = NOW) -> bool:
        return read_for(who, return_id=found.pk if isinstance(found, Return) else found, now=now) is not None

    assert reads(barnet, ann)
    assert not reads(derby, ann)
    assert not reads(barnet, person("stranger@example.org"))
    assert not reads(UUID(int=1), ann)
    assert not reads(barnet, ann, now=NOW.replace(year=2010))  # not yet appointed


def test_who_was_shut_out_or_signed_out_is_a_stranger_at_once() -> None:
    ann, browser = chair(*[found.board for found in wave().returns.all() if found.board]), Client()
    sign_in(browser, ann)
    assert browser.get("/returns/").status_code == 200
    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert browser.get("/returns/").status_code == 302
    User.objects.filter(pk=ann.pk).update(is_active=True)
    browser.session.flush()
    assert browser.get("/returns/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection() -> None:
    ann, found = person("ann@example.org"), []

    def ask() -> None:
        found.extend(BY_EMAIL.rows(email=ann.email))
        connection.close()

    BY_EMAIL.rows(email=ann.email)
    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [ann]
