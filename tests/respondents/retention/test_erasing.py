"""One person can be erased before their time, unless the register needs them; each time there is a certificate."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from accounts.audit.models import AuditEntry
from accounts.models import Role, User
from respondents.contacts.noting import stop
from respondents.register.appointing import appoint
from respondents.register.editing import change_person
from respondents.register.models import Appointment, Board
from respondents.retention.applying import apply_retention
from respondents.retention.erasing import why_needed
from respondents.returns.models import Return
from tests import builders
from tests.respondents.correspondence.conftest import Correspondents
from tests.respondents.retention.test_retention import everywhere

pytestmark = [pytest.mark.once, pytest.mark.django_db]
HERE, EMAIL, NAME = "/retention/", "canary@example.org", "Canaria Bird"


@pytest.fixture
def desk(client: Client) -> Client:
    return builders.sign_in(client, builders.person("desk@example.org", role=Role.ADMINISTRATOR))


@pytest.fixture
def chair() -> User:
    builders.wave()
    rita, now = builders.person("rita@example.org", role=Role.RESEARCHER), timezone.now()
    barnet, first = Board.objects.get(slug="barnet"), f"first-{EMAIL}"
    since = builders.NOW.date()
    made = appoint(barnet, name=NAME, email=first, kind="chair", from_date=since, by=rita, now=now).person
    stop(email=first, reason="They asked", by=rita, now=now)
    change_person(made, name=NAME, email=EMAIL, reason="", by=rita, now=now)
    return User.objects.get(pk=made.pk)


def test_a_former_chair_is_erased_everywhere_and_the_certificate_names_nobody(desk: Client, chair: User) -> None:
    found = desk.post(HERE, {"email": EMAIL.upper()})["Location"]
    assert "chairs Barnet" in desk.get(found).content.decode()
    assert desk.post(found, {"reference": "SAR-7"}).status_code == 409
    assert User.objects.get(pk=chair.pk).name == NAME
    term = Appointment.objects.filter(person=chair)
    for days in (40, 0):
        term.update(until_date=timezone.localdate() + timedelta(days=days))
        assert desk.post(found, {"reference": "SAR-7"}).status_code == 409
    term.update(until_date=timezone.localdate() - timedelta(days=1))

    assert "Enter a reference" in desk.post(found, {"reference": " "}).content.decode()
    certificate = desk.post(found, {"reference": "SAR-7"})["Location"]

    said = desk.get(certificate).content.decode()
    entry = AuditEntry.objects.get(act="retention.person_erased")
    assert [part for part in ("SAR-7", entry.digest, f">{chair.pk}<", str(entry.person)) if part not in said] == []
    text = PdfReader(io.BytesIO(desk.get(f"{certificate}certificate.pdf").content)).pages[0].extract_text()
    assert "reference: sar-7" in " ".join(text.lower().split())
    assert (everywhere(EMAIL), everywhere(NAME)) == (set(), set())
    assert "This person is erased" in desk.get(found).content.decode()


def test_whoever_helps_with_a_return_that_is_open_again_or_longer_is_needed(talk: Correspondents) -> None:
    ann = talk.team.people["ann"]
    now = timezone.now()
    assert "which is open" in why_needed(ann, now=now)
    talk.close_wave()
    assert why_needed(ann, now=now) == ""
    Return.objects.update(extended_until=now + timedelta(days=1))
    assert "which is open" in why_needed(ann, now=now)
    talk.reopen("B", days=3)
    assert "which is open" in why_needed(ann, now=now + timedelta(days=2))
    assert why_needed(ann, now=now + timedelta(days=4)) == ""


@pytest.mark.parametrize("email", ["nobody@example.org", "desk@example.org"])
def test_whoever_is_no_respondent_is_not_found(desk: Client, email: str) -> None:
    assert "No respondent has this address" in desk.post(HERE, {"email": email}).content.decode()


def test_each_night_has_its_certificate_and_other_entries_have_none(desk: Client) -> None:
    apply_retention(now=timezone.now())
    entry = AuditEntry.objects.get(act="retention.applied")

    assert f"Certificate {entry.number}" in desk.get(HERE).content.decode()
    assert "The nightly job" in desk.get(f"{HERE}certificates/{entry.number}/").content.decode()
    other = AuditEntry.objects.exclude(pk=entry.pk).first()
    assert other is None or desk.get(f"{HERE}certificates/{other.number}/").status_code == 404
    assert desk.get(f"{HERE}certificates/999/").status_code == 404
