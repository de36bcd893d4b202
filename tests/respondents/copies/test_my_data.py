"""Tests of what a person may see of what is held about them: all of it, and nobody else's."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from accounts.codes.asking import ask_for_code
from accounts.models import User
from accounts.outbox.models import Message, MessageKind
from respondents.copies import held
from respondents.returns.submitting import submit_return
from tests.respondents.correspondence.conftest import Correspondents, talk
from tests.respondents.together.conftest import Team

__all__ = ["talk"]  # a fixture


def holdings(team: Team, who: str) -> dict[str, list[dict[str, Any]]]:
    answer = team.at(who).get("/returns/my-data/my-data.json")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    content = json.loads(answer.content)
    assert content["about"] == team.people[who].email
    return {each["title"]: each["rows"] for each in content["held"]}


@pytest.fixture
def busy(signed: Team) -> Team:
    """Everybody has done what they can do."""
    signed.answer("chair", C1=1)
    signed.answer("chair", C2=2)
    signed.post("ann", "sections/B/comment/", text="<b>Ann was here</b>")
    signed.ask_to_sign()
    signed.post("signer", "signature/sign/", **{"base-version": signed.stored().version})
    Message.objects.all().delete()
    Message.objects.create(
        key="a", kind=MessageKind.RECEIPT, recipient="ann@example.org", subject="Received", created_at=timezone.now()
    )
    return signed


def test_a_chair_finds_appointment_saves_and_submission(busy: Team) -> None:
    found = holdings(busy, "chair")
    board = "Barnet Local Safeguarding Children Board"
    assert {row["What"]: row["Value"] for row in found["Your account"]}["Email address"] == "chair@example.org"
    assert found["Boards you chair or have chaired"] == [{"Board": board, "From": "2011-04-01", "Until": None}]
    assert [(row["Board"], row["Items"]) for row in found["Saves you made"]] == [(board, "C1"), (board, "C2")]
    assert found["What you wrote beside the answers"] == []


def test_a_colleague_finds_what_they_were_asked_and_wrote_and_were_sent(busy: Team) -> None:
    found = holdings(busy, "ann")
    assert [
        (row["What you were asked to do"], row["Sections"]) for row in found["Returns you were asked to work on"]
    ] == [("Answers sections", "B, C")]
    assert [(row["About"], row["Words"]) for row in found["What you wrote beside the answers"]] == [
        ("B", "<b>Ann was here</b>")
    ]
    assert [(row["Kind"], row["Subject"], row["Sent"]) for row in found["Messages to your address"]] == [
        ("Receipt", "Received", None)
    ]
    assert found["Saves you made"] == []


def test_records_that_nobody_listed_are_found_by_themselves(busy: Team) -> None:
    records = {row["Record"] for row in holdings(busy, "signer")["Other records that name you"]}
    assert {"Signature request, signer"} <= records
    assert "Contribution, invited by" in {
        row["Record"] for row in holdings(busy, "chair")["Other records that name you"]
    }


def test_every_column_that_names_a_person_is_in_a_list(db: None) -> None:
    naming = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is User
    }
    found = {(field.model, field.name) for field in held.fields_naming_people()}
    assert found | held.LISTED == naming
    assert found & held.LISTED == set()


@pytest.mark.parametrize("who", ["chair", "ann", "other"])
def test_nothing_of_anybody_else_is_shown(busy: Team, who: str) -> None:
    text = busy.at(who).get("/returns/my-data/").content.decode()
    others = {f"{name}@example.org" for name in ("chair", "ann", "other", "signer")} - {busy.people[who].email}
    assert [email for email in others if email in text] == []


def test_page_shows_what_was_typed_and_obeys_none_of_it(busy: Team) -> None:
    text = busy.at("ann").get("/returns/my-data/").content.decode()
    assert "&lt;b&gt;Ann was here&lt;/b&gt;" in text
    assert "<b>Ann" not in text


def test_strangers_are_asked_to_sign_in_first(client: Client, db: None) -> None:
    for address in ("/returns/my-data/", "/returns/my-data/my-data.json"):
        assert client.get(address)["Location"].startswith("/sign-in/")


def test_every_word_that_a_person_wrote_beside_the_answers_is_printed(talk: Correspondents) -> None:
    team, now = talk.team, timezone.now()
    chair, words = team.people["chair"], "Words that I wrote, number "
    version = team.answer(C1=2)
    team.post("chair", "messages/", key=str(uuid4()), text=f"{words}1")
    asked = talk.query()
    team.post("chair", f"queries/{asked.pk}/", key=str(uuid4()), text=f"{words}2")
    team.post("chair", "sections/B/comment/", text=f"{words}3")
    team.post("chair", "sections/B/consulted/", consulted=["dcs", "other"], who_else=f"{words}4")
    team.post("chair", "sections/B/ready/")
    submit_return(team.stored(), person=chair, version=version, now=now)
    answers = {"satisfaction": "2", "minutes": "90", "comment": f"{words}5"}
    team.post("chair", "submissions/1/how-it-went/", **answers)
    talk.close_wave()
    team.post("chair", "reopening/", sections=["B"], reason=f"{words}6")
    team.post("chair", "succession/", name="Next", email="next@example.org", reason=f"{words}7")

    found = holdings(team, "chair")
    page = team.at("chair").get("/returns/my-data/").content.decode()

    assert [number for number in range(1, 8) if f"{words}{number}" not in page] == []
    written = {(row["What"], row["Words"][-1]) for row in found["What you wrote beside the answers"]}
    assert written == {
        ("Message", "1"), ("Step in a query", "2"), ("Comment", "3"), ("What could be done better", "5"),
        ("Wish to reopen", "6"), ("Reason for passing on a board", "7"),
    }  # fmt: skip
    recorded = {row["What"]: row["Recorded"] for row in found["What you recorded on returns"]}
    assert recorded == {
        "Section handed back": "Ready",
        "Who was consulted": "Director of Children’s Services; Somebody else",
        "Who else was consulted": f"{words}4",
        "How satisfied you were": "Satisfied",
        "Minutes the return took": "90",
    }
    assert words not in str(holdings(team, "ann")).replace(f"{words}3", "")


def test_what_was_sent_to_a_person_and_their_sign_ins_are_printed(team: Team) -> None:
    ask_for_code("ann@example.org", now=timezone.now())
    found = holdings(team, "ann")
    [invitation, code] = found["Messages to your address"]
    assert (invitation["Kind"], "asks you to answer part of the return" in invitation["Text"]) == (
        "Message to a colleague", True,
    )  # fmt: skip
    assert (code["Kind"], code["Text"]) == ("Sign-in code", "")
    assert [row["Signed in with it"] for row in found["Sign-in codes asked for with your address"]] == [None]
