"""Who is asked to work on a return: invited, changed, removed, with every step kept."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Role
from accounts.outbox.models import Message
from respondents.together.inviting import change_sections, invite, remove
from respondents.together.models import Contribution
from tests import builders
from tests.respondents.together.conftest import Team


def test_invited_person_is_made_known_and_told_by_a_message_that_signs_nobody_in(team: Team) -> None:
    made = team.invite("bob", "G")

    message = Message.objects.get(recipient="bob@example.org")
    assert (made.person.email, made.person.name, made.sections) == ("bob@example.org", "Bob", ["G"])
    assert message.subject == "You are asked to help with a return: Barnet Local Safeguarding Children Board"
    links = [line for line in message.text.splitlines() if "://" in line]
    assert [link.split("/", 3)[3] for link in links] == [f"returns/{team.barnet.pk}/"]


def test_inviting_twice_keeps_one_contribution_and_one_message(team: Team) -> None:
    team.invite("bob", "G")
    team.invite("bob", "G")

    current = team.barnet.contributions.current().filter(person__email="bob@example.org")
    assert (current.count(), Message.objects.filter(recipient="bob@example.org").count()) == (1, 1)


def test_change_of_sections_ends_one_contribution_and_begins_another(team: Team) -> None:
    first = Contribution.objects.get()
    now = timezone.now() + timedelta(hours=1)

    second = change_sections(first, sections=["G", "B"], by=team.people["chair"], now=now)

    first.refresh_from_db()
    assert (first.removed_at, first.removed_by, first.sections) == (now, team.people["chair"], ["B", "C"])
    assert (second.removed_at, second.sections) == (None, ["B", "G"])


def test_removal_is_kept_and_happens_once(team: Team) -> None:
    made = Contribution.objects.get()
    now = timezone.now()

    remove(made, by=team.people["chair"], now=now)
    remove(made, by=team.people["other"], now=now + timedelta(days=1))

    made.refresh_from_db()
    assert (made.removed_at, made.removed_by) == (now, team.people["chair"])


def test_what_is_no_address_is_refused(team: Team) -> None:
    with pytest.raises(ValidationError):
        invite(team.barnet, email="nobody", name="", sections=["B"], by=team.people["chair"], now=timezone.now())


def test_invitations_on_one_return_are_limited_in_a_day(team: Team, settings: LazySettings) -> None:
    settings.COLLEAGUES_A_DAY = 3  # one was asked before
    sent = {"name": "Bob", "sections": ["B"]}
    answers = [
        team.post("chair", "people/invite/", email=f"{who}@example.org", **sent) for who in ("bob", "cat", "dan")
    ]

    assert [answer.status_code for answer in answers] == [303, 303, 200]
    assert "3 colleagues were asked, or asked for other sections, on this return" in answers[-1].content.decode()
    assert not Message.objects.filter(recipient="dan@example.org").exists()
    changed = team.post("chair", f"people/{Contribution.objects.latest('pk').pk}/", sections=["G"])
    assert (changed.status_code, "That is enough for today" in changed.content.decode()) == (429, True)
    assert team.barnet.contributions.current().count() == 3
    later = timezone.now() + timedelta(days=1)
    invite(team.barnet, email="dan@example.org", name="", sections=["B"], by=team.people["chair"], now=later)


def test_nobody_of_the_survey_team_is_asked_to_answer_or_to_sign(signed: Team) -> None:
    builders.person("desk@example.org", role=Role.RESEARCHER)
    version, now = signed.answer(C1=1), timezone.now()
    sent = {"name": "Desk", "email": " Desk@Example.org"}

    asked = signed.post("chair", "people/invite/", **sent, sections=["B"])
    to_sign = signed.post("chair", "signature/", **sent, **{"base-version": version})
    with pytest.raises(ValidationError):
        invite(signed.stored(), email="desk@example.org", name="", sections=["B"], by=signed.people["chair"], now=now)
    with pytest.raises(ValidationError):
        signed.ask_to_sign("desk")

    for page in (asked, to_sign):
        assert "desk@example.org belongs to the survey team" in page.content.decode()
    assert not signed.barnet.contributions.filter(person__email="desk@example.org").exists()
    assert not Message.objects.filter(recipient="desk@example.org").exists()
