"""One chair succeeds another: the draft stays, the dates and the reason are kept."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Role
from respondents.register.history import ChangeKind, RegisterChange, Subject
from respondents.register.models import Appointment
from respondents.returns.models import Return
from respondents.returns.refusals import NoLongerChair
from respondents.together.models import Contribution, Transfer
from respondents.together.succession import transfer_return
from tests import builders
from tests.respondents.together.conftest import Team


def transfer(team: Team, to: str, *, outgoing: str = "chair") -> Transfer:
    return transfer_return(
        team.stored(),
        outgoing=team.people[outgoing],
        email=f"{to}@example.org",
        name=to.capitalize(),
        reason="Retired",
        by=team.people["chair"],
        now=timezone.now(),
    )


def visible(team: Team, who: str) -> list[Return]:
    return list(Return.objects.visible_to(team.people[who], now=timezone.now()))


def test_the_successor_has_the_draft_and_the_outgoing_chair_nothing(team: Team) -> None:
    version = team.answer(C1=1)

    made = transfer(team, "new")
    team.people["new"] = made.to_person

    assert (visible(team, "chair"), visible(team, "new")) == ([], [team.barnet])
    assert (team.stored().version, team.stored().answers) == (version, {"C1": 1})
    today = timezone.localdate()
    dates = Appointment.objects.filter(board=team.barnet.board).values_list("from_date", "until_date")
    assert list(dates) == [(date(2011, 4, 1), today - timedelta(days=1)), (today, None)]
    assert (made.from_person, made.reason, made.made_by) == (team.people["chair"], "Retired", team.people["chair"])


def test_who_is_appointed_and_succeeded_on_one_day_was_never_chair_for_a_day(team: Team) -> None:
    team.people["new"] = transfer(team, "new").to_person
    transfer(team, "chair", outgoing="new")

    assert (visible(team, "chair"), visible(team, "new")) == ([team.barnet], [])
    assert Transfer.objects.count() == 2


def test_a_contributor_who_becomes_chair_is_a_contributor_no_more(team: Team) -> None:
    transfer(team, "ann")
    assert not Contribution.objects.current().exists()
    assert visible(team, "ann")[0].standing.is_chair


def test_nobody_can_be_succeeded_twice(team: Team) -> None:
    transfer(team, "new")
    with pytest.raises(NoLongerChair):
        transfer(team, "third")
    assert Transfer.objects.count() == 1


def test_nobody_of_the_survey_team_is_made_chair_and_the_form_says_so(team: Team) -> None:
    builders.person("ray@example.org", role=Role.RESEARCHER)

    answer = team.post("chair", "succession/", name="Ray", email="ray@example.org", reason="Retired")

    assert "Ray works for the survey team. A chair needs another address." in answer.content.decode()
    assert (answer.status_code, Transfer.objects.count(), visible(team, "chair")) == (200, 0, [team.barnet])


def test_the_register_keeps_that_the_successor_was_made_known(team: Team) -> None:
    made = transfer(team, "new")

    person = RegisterChange.objects.get(subject=Subject.PERSON, key=made.to_person.pk)
    assert (person.kind, person.values["email"]) == (ChangeKind.ADDED, [None, "new@example.org"])
