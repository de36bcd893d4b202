"""The people who work for the survey: added, changed, shut out and let in again, and never without an administrator."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.audit.models import AuditEntry
from accounts.models import Role, RoleRequest, Session, User
from accounts.outbox.models import Message
from accounts.refusals import Refusal
from accounts.second.setting_up import has_second
from accounts.staff.granting import approve, ask_for_role, end
from accounts.staff.managing import deactivate
from tests import builders
from tests.builders import NOW
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def pat() -> User:
    return builders.person("pat@example.org", role=Role.ADMINISTRATOR)


@pytest.fixture
def kim(pat: User) -> Client:
    """The other administrator."""
    return builders.sign_in(Client(), builders.person("kim@example.org", role=Role.ADMINISTRATOR))


@pytest.fixture
def jo() -> User:
    return builders.person("jo@example.org", role=Role.RESEARCHER)


@pytest.fixture
def administrator(client: Client, pat: User) -> Client:
    return builders.sign_in(client, pat)


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def acts() -> list[str]:
    return list(AuditEntry.objects.values_list("act", flat=True))


def test_the_list_finds_staff_and_nobody_else(administrator: Client, jo: User) -> None:
    builders.person("ann@example.org")
    gone = builders.person("gone@example.org", role=Role.ANALYST)
    User.objects.filter(pk=gone.pk).update(is_active=False)

    everybody = text(administrator, "/people/")

    assert [name in everybody for name in ("jo@", "pat@", "ann@", "gone@")] == [True, True, False, False]
    found = text(administrator, "/people/?q=GONE&gone=on")
    assert [name in found for name in ("jo@", "gone@")] == [False, True]


def test_a_new_member_of_staff_waits_for_another_administrator_and_is_told(administrator: Client, kim: Client) -> None:
    sent = {"name": " Lee \t Day ", "email": "LEE@example.org", "role": "analyst"}

    asked = administrator.post("/people/new/", sent)["Location"]

    assert not User.objects.filter(email="lee@example.org").exists()
    assert Message.objects.get().recipient == "kim@example.org"
    assert "Lee Day as analyst" in text(kim, "/people/")
    assert ["Approve</button>" in text(each, asked) for each in (administrator, kim)] == [False, True]
    answer = kim.get(kim.post(f"{asked}approve/")["Location"])
    assert "Lee Day now has the role analyst" in answer.content.decode()
    lee = User.objects.get(email="lee@example.org")
    assert (lee.name, lee.role) == ("Lee Day", "analyst")
    message = Message.objects.get(recipient="lee@example.org")
    assert "as analyst" in message.text
    entry = AuditEntry.objects.get(act="staff.role_approved")
    assert (entry.person, entry.about) == (User.objects.get(email="kim@example.org"), "Lee Day (lee@example.org)")
    assert entry.detail == {"role": "analyst", "asked_by": "pat@example.org"}


def test_nobody_gives_a_role_alone(administrator: Client, pat: User, jo: User) -> None:
    asked = administrator.post(f"/people/{jo.pk}/role/", {"role": "administrator"})["Location"]

    answer = administrator.post(f"{asked}approve/")

    assert (answer.status_code, "manage.py approve_role" in answer.content.decode()) == (403, True)
    assert User.objects.get(pk=jo.pk).role == "researcher"
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleRequest.objects.update(decision="approved", decided_by=pat)
    call_command("approve_role", str(RoleRequest.objects.get().pk))
    assert User.objects.get(pk=jo.pk).role == "administrator"
    with pytest.raises(CommandError, match="decided already"):
        call_command("approve_role", str(RoleRequest.objects.get().pk))


def test_what_was_ended_or_fits_no_longer_is_not_approved(administrator: Client, kim: Client, jo: User) -> None:
    def asked() -> str:
        return administrator.post(f"/people/{jo.pk}/role/", {"role": "analyst"})["Location"]

    first = asked()
    assert administrator.post(f"/people/{jo.pk}/role/", {"role": "analyst"}).status_code == 409
    assert administrator.post(f"{first}end/")["Location"] == "/people/"
    second = asked()
    User.objects.filter(pk=jo.pk).update(role="administrator")
    changed = kim.post(f"{second}approve/")
    User.objects.filter(pk=jo.pk).update(role="researcher")
    User.objects.filter(email="pat@example.org").update(is_active=False)
    left = kim.post(f"{second}approve/")

    assert [kim.post(f"{first}approve/").status_code, changed.status_code, left.status_code] == [409] * 3
    assert "no administrator any more" in left.content.decode()
    assert User.objects.get(pk=jo.pk).role == "researcher"


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_a_role_approved_and_taken_back_at_once_is_one_of_the_two(jo: User) -> None:
    pat, kim = (builders.person(f"{name}@example.org", role=Role.ADMINISTRATOR) for name in ("pat", "kim"))
    asked = ask_for_role(jo, role=Role.ANALYST, by=pat, now=NOW)
    assert asked
    turns: list[Callable[[], object]] = [
        lambda: approve(asked, by=kim, now=NOW),
        lambda: end(asked, by=pat, now=NOW),
    ]

    def decide() -> str:
        try:
            turns.pop()()
        except Refusal:
            return "refused"
        return "done"

    assert sorted(at_once(2, decide)) == ["done", "refused"]
    decided = RoleRequest.objects.get().decision
    assert User.objects.get(pk=jo.pk).role == ("analyst" if decided == "approved" else "researcher")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "jo@example.org"}, "jo@example.org is known already"),
        ({"email": "nobody"}, "in the correct format"),
        ({"name": " "}, "Enter a name"),
        ({"name": "a\x07b"}, "in ordinary characters"),
        ({"role": "respondent"}, "Select a valid choice"),
        ({"role": ""}, "Choose a role"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nobody_is_added(
    administrator: Client, jo: User, wrong: dict[str, str], said: str
) -> None:
    answer = administrator.post("/people/new/", {"name": "Kim", "email": "k@example.org", "role": "analyst"} | wrong)

    assert (answer.status_code, said in answer.content.decode()) == (200, True)
    assert (User.objects.count(), acts()) == (2, [])


def test_each_change_is_made_recorded_and_ends_the_sessions(administrator: Client, kim: Client, jo: User) -> None:
    builders.app_code(jo)
    theirs = builders.sign_in(Client(), jo)
    home = f"/people/{jo.pk}/"

    for verb, sent in (("role", {"role": "analyst"}), ("deactivate", {}), ("reactivate", {}), ("reset", {})):
        assert administrator.get(f"{home}{verb}/").status_code == 200
        led = administrator.post(f"{home}{verb}/", sent)["Location"]
        assert (kim.post(f"{led}approve/")["Location"] if verb == "role" else led) == home
        assert not Session.objects.filter(person=jo).exists(), verb
        assert theirs.get("/waves/").status_code == 302, verb
        theirs = builders.sign_in(Client(), User.objects.get(pk=jo.pk)) if verb != "deactivate" else theirs

    jo.refresh_from_db()
    assert (jo.role, jo.is_active, jo.sessions_ended, has_second(jo)) == ("analyst", True, 4, False)
    assert acts()[:3] == ["staff.role_asked", "staff.role_approved", "staff.role_changed"]
    assert acts()[3:] == ["staff.deactivated", "staff.reactivated", "staff.second_reset"]
    assert AuditEntry.objects.get(act="staff.role_changed").detail == {"from": "researcher", "to": "analyst"}
    assert Message.objects.get(recipient="jo@example.org").subject == "Your second step was reset"


def test_the_same_change_twice_is_made_once(administrator: Client, jo: User) -> None:
    for _ in range(2):
        administrator.post(f"/people/{jo.pk}/deactivate/")

    assert acts() == ["staff.deactivated"]


@pytest.mark.parametrize(("verb", "sent"), [("role", {"role": "analyst"}), ("deactivate", {})])
def test_the_last_administrator_stays(administrator: Client, pat: User, verb: str, sent: dict[str, str]) -> None:
    gone = builders.person("gone@example.org", role=Role.ADMINISTRATOR)
    User.objects.filter(pk=gone.pk).update(is_active=False)

    answer = administrator.post(f"/people/{pat.pk}/{verb}/", sent)

    assert (answer.status_code, "is the only administrator" in answer.content.decode()) == (403, True)
    pat.refresh_from_db()
    assert (pat.role, pat.is_active) == ("administrator", True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_two_administrators_who_shut_each_other_out_at_once_do_not_both_succeed() -> None:
    both = [builders.person(f"{name}@example.org", role=Role.ADMINISTRATOR) for name in ("pat", "kim")]
    turns = list(both)

    def shut_out() -> str:
        try:
            deactivate(turns.pop(), by=both[0], now=NOW)
        except Refusal:
            return "refused"
        return "done"

    assert sorted(at_once(2, shut_out)) == ["done", "refused"]
    assert User.objects.filter(is_active=True).count() == 1


def test_a_respondent_is_nobody_on_these_pages(administrator: Client) -> None:
    ann = builders.person("ann@example.org")
    assert [administrator.get(f"/people/{ann.pk}/{verb}").status_code for verb in ("", "role/", "reset/")] == [404] * 3


def test_the_first_administrator_is_added_by_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("add_staff", "pat@example.org", role="administrator", name="Pat Reid")

    assert "Added Pat Reid (pat@example.org) as administrator" in capsys.readouterr().out
    assert AuditEntry.objects.get().person is None
    with pytest.raises(CommandError, match=r"pat@example.org is known already.*\nNobody was added"):
        call_command("add_staff", "pat@example.org", role="administrator", name="Pat Reid")
