"""The audit: found, paged by key, exported, and checked by a command that names what was tampered with."""

import csv
import html
import re
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.audit.acts import declare
from accounts.audit.checking import head
from accounts.audit.finding import find_entries
from accounts.audit.models import AuditEntry, AuditHead
from accounts.audit.recording import account_words, entry_digest, record
from accounts.audit.tasks import anchor
from accounts.models import Role, User
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
TRIED = declare("test.tried", "Tried something")
DONE = declare("test.done", "Did something")


@pytest.fixture
def pat() -> User:
    return builders.person("pat@example.org", role=Role.ADMINISTRATOR)


@pytest.fixture
def administrator(client: Client, pat: User) -> Client:
    return builders.sign_in(client, pat)


@pytest.fixture
def five(pat: User) -> None:
    for number in range(5):
        record(TRIED, by=pat, about=f"Thing {number + 1}", detail={"n": number}, now=NOW + timedelta(minutes=number))


def text(client: Client, query: str = "") -> str:
    return client.get(f"/audit/{query}").content.decode()


def shown(client: Client, query: str) -> list[int]:
    return sorted(int(number) for number in re.findall(r'<th scope="row">(\d+)</th>', text(client, query)))


def test_an_entry_is_told_in_words(administrator: Client, pat: User) -> None:
    said = {
        "of": {"k": None},
        "from": "x",
        "is_open": True,
        "sections": ["A", "B"],
        "why": "",
        "kind": "leave_out",
        "due": "2012-02-10T09:00:00+00:00",
        "digest": "0123456789abcdef" * 4,
    }
    record(TRIED, by=pat, about="<b>Barnet</b>", detail=said, wave="munro-2012", now=NOW)

    page = text(administrator)

    assert "Tried something" in page
    assert "&lt;b&gt;Barnet&lt;/b&gt;" in page
    brief, whole = (html.unescape(words).split("; ") for words in re.findall(r'app-aside">(of: [^<]*)<', page))
    # PostgreSQL keeps the parts in an order of its own.
    told = {"of: k: none", "from: x", "is open: yes", "sections: A, B", "kind: leave out", "digest: 01234567…"}
    assert set(brief) == told | {"due: 10 Feb 2012, 09:00"}
    assert {"kind: leave_out", "due: 2012-02-10T09:00:00+00:00", "digest: " + "0123456789abcdef" * 4} < set(whole)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [1, 2, 3]),
        ("?person=PAT", [1]),
        ("?act=test.done", [2]),
        ("?wave=munro-2012", [2]),
        ("?words=needle", [3]),
        ("?words=barnet", [1]),
        ("?since=2012-02-11", [2, 3]),
        ("?until=2012-02-11", [1, 2]),
        ("?since=2012-02-11&until=2012-02-11&act=test.done", [2]),
        ("?since=soon", [1, 2, 3]),
        ("?act=nothing", [1, 2, 3]),
        ("?before=3", [1, 2]),
        ("?before=x&words=%00", [1, 2, 3]),
    ],
)
def test_entries_are_found(administrator: Client, pat: User, query: str, found: list[int]) -> None:
    record(TRIED, by=pat, about="Barnet", now=NOW)
    record(DONE, by=None, about="Leeds", wave="munro-2012", now=NOW + timedelta(days=1))
    record(TRIED, by=None, detail={"reason": "A needle"}, now=NOW + timedelta(days=2))

    assert shown(administrator, query) == found


def test_entries_about_any_of_many_namesakes_are_found_and_too_many_are_refused(administrator: Client) -> None:
    User.objects.bulk_create(User(email=f"bird{number}@example.org", name="Ann Bird") for number in range(60))
    for each in User.objects.filter(name="Ann Bird"):
        record(TRIED, by=None, about=account_words(each), now=NOW)
    assert len(list(find_entries({"words": "bird"}))) == 60

    User.objects.bulk_create(User(email=f"finch{number}@example.org") for number in range(1_001))
    page = text(administrator, "?words=finch")
    assert "More than 1,000 accounts have this in their name or address" in page


def test_a_long_audit_is_paged_by_key_in_few_queries(
    administrator: Client, pat: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(101):
        record(TRIED, by=pat, now=NOW)

    with django_assert_max_num_queries(6):
        first = text(administrator, "?person=pat")
    assert "?person=pat&amp;before=52" in first
    assert shown(administrator, "?person=pat&before=52") == list(range(2, 52))
    assert shown(administrator, "?person=pat&before=2") == [1]
    assert "Older entries" not in text(administrator, "?before=2")


def test_the_export_is_whole_inert_and_itself_recorded(administrator: Client, pat: User) -> None:
    record(TRIED, by=pat, about="=1+1", detail={"a": 1}, now=NOW)
    record(DONE, by=None, about="Leeds", now=NOW)

    answer = administrator.get("/audit/audit.csv?person=pat")
    content = b"".join(answer)

    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert [(row["number"], row["about"]) for row in rows] == [("3", "The audit"), ("1", "'=1+1")]
    assert rows[0]["detail"] == "asked for: person: pat"
    assert AuditEntry.objects.get(number=3).act == "audit.exported"


def test_only_administrators_may_read_it(client: Client) -> None:
    builders.sign_in(client, builders.person("jo@example.org", role=Role.RESEARCHER))
    assert [client.get(path).status_code for path in ("/audit/", "/audit/audit.csv", "/people/")] == [404] * 3


def sql(*statements: str) -> None:
    """As somebody would who owns the database."""
    on_table = "" if connection.vendor == "sqlite" else " ON accounts_auditentry"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER accounts_auditentry_append_only{on_table}")
        for statement in statements:
            cursor.execute(statement)


def swap(one: int, other: int) -> list[str]:
    set_number = "UPDATE accounts_auditentry SET number = {} WHERE number = {}"
    return [set_number.format(*pair) for pair in ((99, one), (one, other), (other, 99))]


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize(
    ("tampering", "named"),
    [
        (["UPDATE accounts_auditentry SET about = 'Nothing' WHERE number = 3"], "Entry 3 is not as it was written"),
        (["DELETE FROM accounts_auditentry WHERE number = 2"], "Entry 2 is missing"),
        (swap(2, 4), "Entry 2 is not as it was written"),
        (["DELETE FROM accounts_auditentry WHERE number > 3"], "Entry 4 is missing"),
        (["UPDATE accounts_auditentry SET at = '2012-02-09 00:00:00+00' WHERE number = 5"], "Entry 5 is not as it"),
    ],
    ids=["edited", "deleted", "reordered", "tail cut off", "time forged"],
)
def test_tampering_by_whoever_owns_the_database_is_named(tampering: list[str], named: str) -> None:
    call_command("verify_audit")
    sql(*tampering)

    with pytest.raises(CommandError, match=f"^{named}"):
        call_command("verify_audit")


@pytest.mark.usefixtures("five")
def test_a_chain_written_anew_with_its_head_is_told_by_the_anchor(capsys: pytest.CaptureFixture[str]) -> None:
    kept = anchor()
    call_command("verify_audit", f"--anchor={kept}")
    assert "All 5 entries" in capsys.readouterr().out
    sql()
    forge_from(4, at=NOW)

    call_command("verify_audit")
    with pytest.raises(CommandError, match=r"^Entry 5 is not the one that was anchored"):
        call_command("verify_audit", f"--anchor={kept}")


@pytest.mark.usefixtures("five")
def test_a_tail_cut_off_with_its_head_is_told_by_the_anchor() -> None:
    kept = anchor()
    fourth = AuditEntry.objects.get(number=4)
    sql("DELETE FROM accounts_auditentry WHERE number > 4")
    AuditHead.objects.update(number=4, digest=fourth.digest)

    call_command("verify_audit")
    with pytest.raises(CommandError, match=r"^Entry 5 is missing: the anchor is of entry 5"):
        call_command("verify_audit", f"--anchor={kept}")


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize(
    ("change", "named"),
    [({"digest": "0" * 64}, "Entry 5 is not the one at which"), ({"number": 4}, "Entry 4 is not the one at which")],
)
def test_a_head_that_was_changed_is_named(change: dict[str, object], named: str) -> None:
    AuditHead.objects.update(**change)
    with pytest.raises(CommandError, match=f"^{named}"):
        call_command("verify_audit")


@pytest.mark.usefixtures("five")
def test_an_entry_beyond_the_head_is_named() -> None:
    AuditHead.objects.update(number=4, digest=AuditEntry.objects.get(number=4).digest)
    with pytest.raises(CommandError, match=r"^Entry 5 stands beyond"):
        call_command("verify_audit")


def test_an_empty_audit_holds_and_an_anchor_must_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_audit")
    assert "All 0 entries" in capsys.readouterr().out
    assert (head().number, anchor()) == (0, "0:")
    with pytest.raises(CommandError, match="is not a number and a digest"):
        call_command("verify_audit", "--anchor=5")


def forge_from(number: int, *, at: datetime) -> None:
    """Everything from this entry on is written anew, as if it had happened at another time."""
    previous = AuditEntry.objects.get(number=number - 1).digest
    for entry in AuditEntry.objects.filter(number__gte=number):
        entry.at, entry.previous_digest = at, previous
        entry.digest = previous = entry_digest(entry)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE accounts_auditentry SET at = %s, previous_digest = %s, digest = %s WHERE number = %s",
                [entry.at, entry.previous_digest, entry.digest, entry.number],
            )
    AuditHead.objects.update(digest=previous)
