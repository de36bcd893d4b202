"""What people write beside the answers is scanned as answers are: shown before it is sent, once, and then sent."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db.models import Model
from django.utils import timezone

from respondents.correspondence.models import Feedback, QueryStep, ReopeningWish, TeamMessage
from respondents.correspondence.writing import write_to_team
from respondents.returns.limits import EnoughForToday
from respondents.returns.submitting import submit_return
from respondents.together.models import Comment
from tests.respondents.correspondence.conftest import Correspondents

pytestmark = pytest.mark.once

TEXT = "The child at SW1A 2AA came to us twice; ask jo@example.org."


def doors(talk: Correspondents) -> dict[str, tuple[str, dict[str, object], type[Model]]]:
    """Every form in which somebody on a return writes: its address, what is sent, and the row it makes."""
    chair = talk.team.people["chair"]
    submit_return(talk.team.stored(), person=chair, version=talk.team.answer(C1=1), now=timezone.now())
    asked = talk.query()
    talk.close_wave()
    key = {"key": str(uuid4())}
    return {
        "message": ("messages/", {**key, "text": TEXT}, TeamMessage),
        "comment": ("sections/B/comment/", {"text": TEXT}, Comment),
        "query": (f"queries/{asked.pk}/", {**key, "text": TEXT}, QueryStep),
        "wish": ("reopening/", {"sections": ["B"], "reason": TEXT}, ReopeningWish),
        "feedback": ("submissions/1/how-it-went/", {"comment": TEXT}, Feedback),
    }


@pytest.mark.parametrize("door", ["message", "comment", "query", "wish", "feedback"])
def test_text_that_may_point_to_a_person_is_shown_before_it_is_sent(talk: Correspondents, door: str) -> None:
    path, sent, kind = doors(talk)[door]

    held = talk.team.post("chair", path, **sent)

    text = held.content.decode()
    assert (held.status_code, kind._default_manager.count()) == (200, 0)
    assert re.findall("<mark>(.*?)</mark>", text) == ["SW1A 2AA", "jo@example.org"]
    assert ["<title>Look at a text before it is sent: " in text, "Error" in text] == [True, False]
    assert TEXT in text[text.index("<textarea") :]
    assert text.index("<form", text.index("<main")) < text.index("<mark>") < text.index('name="save-as-it-is"')

    changed = {name: TEXT.replace("jo@", "jim@") if value == TEXT else value for name, value in sent.items()}
    again = talk.team.post("chair", path, **changed, **{"shown-passage": ["SW1A 2AA", "jo@example.org"]})
    assert re.findall("<mark>(.*?)</mark>", again.content.decode()) == ["jim@example.org"]
    assert talk.team.post("chair", path, **sent, **{"save-as-it-is": "yes"}).status_code == 303
    assert kind._default_manager.count() == 1


def test_text_without_anything_is_sent_at_once(talk: Correspondents) -> None:
    assert talk.team.post("chair", "messages/", key=str(uuid4()), text="When do we hear?").status_code == 303


def test_the_survey_team_is_asked_too(talk: Correspondents) -> None:
    response = talk.team.at("researcher").post(talk.url(), {"key": str(uuid4()), "text": TEXT})
    assert (response.status_code, TeamMessage.objects.count()) == (200, 0)
    assert "<mark>SW1A 2AA</mark>" in response.content.decode()


def test_messages_of_one_person_are_limited_in_a_day(talk: Correspondents, settings: LazySettings) -> None:
    settings.MESSAGES_A_DAY = 2
    key = str(uuid4())
    for each in (key, str(uuid4())):
        assert talk.team.post("chair", "messages/", key=each, text="One of two").status_code == 303

    refused = talk.team.post("chair", "messages/", key=str(uuid4()), text="One too many").content.decode()

    assert "2 messages were written by you in the last 24 hours, which is as many as can be." in refused
    assert ["There is room again from" in refused, "One too many</textarea>" in refused] == [True, True]
    assert talk.team.post("chair", "messages/", key=key, text="One of two").status_code == 303  # sent twice, kept once
    assert TeamMessage.objects.count() == 2
    found, chair = talk.team.stored(), talk.team.people["chair"]
    with pytest.raises(EnoughForToday):
        write_to_team(found, text="By another door", key=uuid4(), by=chair, now=timezone.now())
    write_to_team(found, text="Tomorrow", key=uuid4(), by=chair, now=timezone.now() + timedelta(days=1))
