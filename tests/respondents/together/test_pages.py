"""What the pages of working together say, and what they cost."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.utils.html import escape

from respondents.together.models import Comment, Consultation, Handback
from survey.models import Wave
from tests.respondents.together.conftest import Team

pytestmark = pytest.mark.once

MOST_QUERIES = 12
PAGES = (
    "",
    "people/",
    "people/invite/",
    "who-wrote-what/",
    "sections/B/",
    "succession/",
    "check/",
    "signature/?checked=1",
)
NASTY = "<b>x</b> {{ 7|add:1 }} {% now 'Y' %} =1+1 \u202ertl 😀"
Counting = Callable[[int], AbstractContextManager[object]]


def test_contributor_finds_the_return_and_only_their_sections(team: Team) -> None:
    assert "Barnet Local Safeguarding" in team.at("ann").get("/returns/").content.decode()

    text = team.text("ann")

    titles = [section.title for section in team.wave.questionnaire.sections if escape(section.title) in text]
    assert titles == [team.wave.questionnaire.section(code).title for code in ("B", "C")]
    assert ["Check your answers" in text, "People on this return" in text, "Who wrote what" in text] == [
        False,
        False,
        True,
    ]


def test_task_list_names_colleagues_comments_and_what_is_ready(team: Team) -> None:
    team.post("ann", "sections/B/comment/", text="Please look at B2")
    team.post("ann", "sections/B/ready/")

    text = team.text("chair")

    assert ["Asked: Ann" in text, "1 comment<" in text, ">Ready<" in text] == [True, True, True]


def test_comments_stand_newest_last_as_they_were_typed(team: Team) -> None:
    team.post("ann", "sections/B/comment/", text="First")
    team.post("chair", "sections/B/comment/", text=NASTY)

    text = team.text("ann", "sections/B/")

    assert text.index("First") < text.index("&lt;b&gt;x&lt;/b&gt; {{ 7|add:1 }} {% now &#x27;Y&#x27; %} =1+1")
    assert "<b>x</b>" not in text
    assert ["<bdi>You</bdi></strong>, today at" in text, "<bdi>Chair</bdi></strong>, today at" in text] == [True, True]
    assert team.stored().values == {}


@pytest.mark.parametrize("typed", ["", " \n ", "a\0b", "x" * 20_001])
def test_a_comment_that_cannot_be_kept_is_refused_with_a_sentence(team: Team, typed: str) -> None:
    answer = team.post("ann", "sections/B/comment/", text=typed)
    assert (answer.status_code, Comment.objects.count()) == (200, 0)
    assert "<title>Error: " in answer.content.decode()


def test_ready_and_not_ready_are_kept_with_who_and_when(team: Team) -> None:
    for verb in ("ready", "ready", "not-ready", "ready"):
        team.post("ann", f"sections/B/{verb}/")

    assert [each.is_ready for each in Handback.objects.order_by("pk")] == [True, False, True]
    assert "Marked as ready by Ann today at" in team.text("chair", "sections/B/")


def test_the_chair_records_who_was_consulted_and_the_latest_counts(team: Team) -> None:
    team.post("chair", "sections/B/consulted/", consulted=["dcs", "police"])
    team.post("chair", "sections/B/consulted/", consulted=["other"], who_else="The <Mayor>")
    team.post("chair", "sections/C/consulted/", consulted=["nobody"])

    counting = Consultation.objects.counting().order_by("section")
    assert [(each.section, each.consulted, each.who_else) for each in counting] == [
        ("B", ["other"], "The <Mayor>"),
        ("C", ["nobody"], ""),
    ]
    assert Consultation.objects.count() == 3
    assert "The &lt;Mayor&gt;. Recorded by Chair today at" in team.text("ann", "sections/B/")


def test_nobody_cannot_be_consulted_together_with_somebody(team: Team) -> None:
    answer = team.post("chair", "sections/B/consulted/", consulted=["dcs", "nobody"])
    assert (answer.status_code, Consultation.objects.count()) == (200, 0)
    assert "cannot be chosen together" in answer.content.decode()


def test_who_wrote_what_shows_every_version_and_what_was_set_aside(team: Team) -> None:
    team.save("ann", "B1", version=0, **{"B1.health": "good"})
    team.save("chair", "B1", version=1, **{"B1.health": "poor"})
    conflict = team.save("ann", "B1", version=1, **{"B1.health": "very_poor"})
    assert conflict.status_code == 409
    sent = {"base-version": 1, "seen-version": 2, "B1.health": "very_poor", "disputed-B1.health": "yes"}
    team.post("ann", "questions/B1/settle/", **sent, **{"keep-B1.health": "theirs"})

    text = team.text("chair", "who-wrote-what/")

    section = text[text.index('id="section-B"') : text.index('id="section-C"')]
    shown = [part.split("<")[0] for part in section.split('class="app-answer" dir="auto">')[1:]]
    assert shown == ["Poor", "Very poor", "Good"]
    assert ["Show 2 earlier versions" in section, "Set aside in a conflict" in section] == [True, True]
    assert ["You, today at" in section, "Ann, today at" in section] == [True, True]


def test_two_people_at_once_keep_both_texts(team: Team) -> None:
    team.invite("bob", "G")
    team.save("bob", "G1", version=0, G1="Bob wrote this")
    answer = team.save("chair", "G1", version=0, G1="The chair wrote this")
    text = answer.content.decode()
    assert (answer.status_code, "Bob wrote this" in text, "The chair wrote this" in text) == (409, True, True)

    sent = {"base-version": 0, "seen-version": 1, "G1": "The chair wrote this", "disputed-G1": "yes"}
    team.post("chair", "questions/G1/settle/", **sent, **{"keep-G1": "mine"})

    history = team.text("chair", "who-wrote-what/")
    assert ["Bob wrote this" in history, "The chair wrote this" in history] == [True, True]


def test_people_page_shows_who_is_asked_and_who_was(team: Team) -> None:
    team.post("chair", "people/invite/", name="Bob", email="BOB@example.org", sections=["all-sections"])
    ann = team.barnet.contributions.get(person__email="ann@example.org")
    team.post("chair", f"people/{ann.pk}/remove/")

    text = team.text("chair", "people/")

    assert ["bob@example.org" in text, "All sections" in text, "Ended by you today at" in text] == [True, True, True]


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "", "email": "b@example.org", "sections": ["B"]},
        {"name": "Bob\nBcc: all", "email": "b@example.org", "sections": ["B"]},
        {"name": "Bob", "email": "nobody", "sections": ["B"]},
        {"name": "Bob", "email": "b@example.org", "sections": []},
        {"name": "Bob", "email": "b@example.org", "sections": ["Z"]},
        {"name": "Chair", "email": "CHAIR@example.org", "sections": ["B"]},
    ],
)
def test_an_invitation_that_is_wrong_is_refused_with_a_sentence(team: Team, sent: dict[str, object]) -> None:
    answer = team.post("chair", "people/invite/", **sent)
    assert (answer.status_code, team.barnet.contributions.count()) == (200, 1)
    assert "There is a problem" in answer.content.decode()


def test_the_reason_of_a_return_sent_back_is_read_by_everyone_on_it(signed: Team) -> None:
    signed.answer(C1=1)
    signed.ask_to_sign()
    assert "Waiting for signature" in signed.at("chair").get("/returns/").content.decode()
    signed.post("signer", "signature/send-back/", reason="C1 looks <wrong>")

    for who in ("chair", "ann", "signer"):
        assert "C1 looks &lt;wrong&gt;" in signed.text(who)


def test_a_change_while_waiting_says_that_the_request_holds_no_longer(signed: Team) -> None:
    signed.answer(C1=1)
    signed.ask_to_sign()
    signed.save("ann", "B1", version=1, **{"B1.health": "good"})

    assert "An answer was changed since, so it can no longer be signed." in signed.text("chair")
    answer = signed.post("signer", "signature/sign/", **{"base-version": 1})
    assert (answer.status_code, "Not submitted yet" in answer.content.decode()) == (409, True)
    assert "Sign and submit" not in signed.text("signer", "check/")


def test_the_chair_is_offered_to_send_for_signature_and_to_take_it_back(signed: Team) -> None:
    signed.answer(C1=1)
    assert [
        "Send for signature" in signed.text("chair", "check/"),
        "Submit the return" in signed.text("chair", "check/"),
    ] == [
        True,
        False,
    ]
    signed.ask_to_sign()
    assert "Take it back" in signed.text("chair")
    assert "Sign and submit the return" in signed.text("signer", "check/")
    signed.post("chair", "signature/take-back/")
    assert "Sign and submit the return" not in signed.text("signer", "check/")


def test_what_is_sent_for_signature_is_what_was_checked(signed: Team) -> None:
    signed.answer(C1=1)
    assert f'href="{signed.url("signature/")}?checked=1"' in signed.text("chair", "check/")
    signed.answer("ann", C1=2)  # while the chair goes from one page to the next

    text = signed.text("chair", "signature/?checked=1")
    assert 'name="base-version" value="1"' in text
    answer = signed.post("chair", "signature/", name="S", email="s@example.org", **{"base-version": 1})
    assert (answer.status_code, signed.stored().state.value) == (409, "in_progress")
    assert signed.get("chair", "signature/")["Location"] == signed.url("check/")


def test_everyone_on_the_return_has_the_receipt_and_only_who_may_read_all_the_way_to_the_answers(team: Team) -> None:
    team.post("chair", "submit/", **{"base-version": team.answer(C1=1)})

    way = f'href="{team.url("submissions/1/answers/")}"'
    assert [way in team.text(who, "submissions/1/") for who in ("chair", "ann")] == [True, False]
    assert team.url("submissions/1/") in team.text("ann")


def test_the_chair_cannot_name_themselves_as_second_person(signed: Team) -> None:
    signed.answer(C1=1)
    answer = signed.post("chair", "signature/", name="Me", email="Chair@example.org", **{"base-version": 1})
    assert (answer.status_code, "Somebody other than you has to sign" in answer.content.decode()) == (200, True)


def test_a_wave_without_signatures_has_no_pages_for_them(team: Team) -> None:
    team.answer(C1=1)
    assert [team.get("chair", rest).status_code for rest in ("signature/?checked=1", "signature/send-back/")] == [
        404,
        404,
    ]
    assert team.post("chair", "submit/", **{"base-version": 1}).status_code == 303


def test_after_closing_nothing_is_marked_but_people_and_comments_stay(team: Team) -> None:
    Wave.objects.update(closes_at=team.wave.opens_at + (team.wave.closes_at - team.wave.opens_at) / 100)
    assert team.post("ann", "sections/B/ready/").status_code == 403
    assert team.post("chair", "sections/B/consulted/", consulted=["dcs"]).status_code == 403
    assert team.post("ann", "sections/B/comment/", text="Thank you").status_code == 303


@pytest.mark.parametrize("rest", PAGES)
def test_pages_cost_few_queries_however_many_people_there_are(
    signed: Team, rest: str, django_assert_max_num_queries: Counting, django_assert_num_queries: Counting
) -> None:
    counts = []
    for colleagues in (1, 6):
        for number in range(colleagues):
            signed.invite(f"colleague{colleagues}{number}", "B", "G")
            signed.answer(C1=number % 3 + 1)
            signed.post("chair", "sections/B/comment/", text="Hello")
        signed.get("chair", rest)
        with django_assert_max_num_queries(MOST_QUERIES) as seen:
            assert signed.get("chair", rest).status_code == 200
        counts.append(len(seen))  # type: ignore[arg-type]
    assert counts[0] == counts[1]
