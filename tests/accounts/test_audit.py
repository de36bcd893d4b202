"""The audit: entries in one chain, each with who, when, what and from where."""

import base64
import hashlib
from datetime import UTC, datetime

import pytest
from django.conf import LazySettings

from accounts.audit.acts import declare, declared, words_of
from accounts.audit.checking import check_chain
from accounts.audit.models import AuditEntry, AuditHead
from accounts.audit.recording import entry_digest, record
from accounts.digests import chain_digest
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


@pytest.mark.django_db
def test_the_digest_of_the_chain_can_be_exchanged_and_what_was_written_is_still_checked(
    settings: LazySettings,
) -> None:
    made = []
    for name in ("sha256", "sha3-256", "sha256"):
        settings.CHAIN_DIGEST = name
        made.append(record(TRIED, by=None, about=f"By {name}", now=NOW))
    settings.CHAIN_DIGEST = "sha3-256"

    assert [each.digest.partition(".")[0] for each in made][1] == "sha3-256"
    assert [len(each.digest) for each in made] == [64, 52, 64]
    content = ["x", {"y": 1}]
    independent = hashlib.sha3_256(b'["x",{"y":1}]').digest()
    assert chain_digest(content).removeprefix("sha3-256.") == base64.urlsafe_b64encode(independent).decode()[:43]
    assert check_chain().entries == 3
    assert check_chain().problem == ""
    # Neither another name nor another content goes through.
    for digest in (f"md5.{made[1].digest.partition('.')[2]}", made[1].digest.partition(".")[2]):
        forged = AuditEntry.objects.get(number=2)
        forged.digest = digest
        assert entry_digest(forged) != forged.digest
