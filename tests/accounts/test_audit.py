"""The audit: entries in one chain, each with who, when, what and from where."""

from datetime import UTC, datetime

import pytest

from accounts.audit.acts import declare, declared, words_of
from accounts.audit.models import AuditEntry, AuditHead
from accounts.audit.recording import entry_digest, record
from tests.builders import NOW, person

TRIED = declare("test.tried", "Tried something")


@pytest.mark.pure
def test_an_act_is_declared_once_and_known_by_its_words() -> None:
    assert declare("test.tried", "Tried something") is TRIED
    assert TRIED in declared()
    assert words_of("test.tried") == "Tried something"
    assert words_of("gone.act") == "gone.act"
    with pytest.raises(ValueError, match=r"test\.tried is declared twice"):
        declare("test.tried", "Something else")


@pytest.mark.django_db
def test_entries_are_numbered_and_each_carries_the_digest_of_the_one_before() -> None:
    ann = person("ann@example.org")

    first = record(TRIED, by=ann, subject=ann, detail={"sections": ["A"]}, wave="munro-2012", now=NOW)
    second = record(TRIED, by=None, about="A schedule", now=datetime(2012, 3, 1, 9, 30, 0, 123456, tzinfo=UTC))

    assert (first.number, second.number) == (1, 2)
    assert first.subject == f"user:{ann.pk}"
    assert first.about == "Ann"
    assert first.previous_digest == ""
    assert second.previous_digest == first.digest
    head = AuditHead.objects.get()
    assert (head.number, head.digest) == (2, second.digest)


@pytest.mark.django_db
def test_an_entry_read_back_has_the_digest_it_was_given() -> None:
    record(TRIED, by=person("ann@example.org"), detail={"b": [1, None], "a": "é"}, now=NOW)

    entry = AuditEntry.objects.get()

    assert entry_digest(entry) == entry.digest
    entry.detail["a"] = "e"
    assert entry_digest(entry) != entry.digest
