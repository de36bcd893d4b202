"""Coding answers: the page, its order, blindness, what stands, and what history keeps."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, Role
from analysis.core.coding import Applied
from analysis.opentext.coding import code_answer, say_done
from analysis.opentext.frames import applied_of
from analysis.opentext.models import Coding, FrameVersion
from analysis.opentext.refusals import NotReady, NotYours, Settled, StillBlind
from analysis.opentext.work import keys
from tests import builders
from tests.analysis.opentext.conftest import HERE, TEXTS, Desk

Counting = Callable[[int], AbstractContextManager[object]]
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def sent(desk: Desk, name: str, *codes: str, passages: object = ()) -> dict[str, object]:
    digest = desk.reading(name).digest
    return {"codes": codes, "passages": json.dumps(passages), "seen": digest, "send": ""}


def test_answers_come_one_after_the_other_and_then_the_coder_is_done(desk: Desk) -> None:
    ada = desk.at(desk.first)
    url = ada.get(f"{HERE}code/")["Location"]
    for number in range(1, 5):
        page = ada.get(url)
        assert f"Answer {number} of 4" in page.content.decode()
        digest = page.context["page"].digest
        url = ada.post(url, {"codes": ["money"], "passages": "", "seen": digest, "send": ""})["Location"]
    assert url == HERE
    assert "I am done with these answers" in ada.get(HERE).content.decode()
    assert ada.post(f"{HERE}done/").status_code == 303
    assert "You are done" in ada.get(HERE).content.decode()
    read = AuditEntry.objects.filter(act="answers.read", person=desk.first)
    assert read.count() == 4
    assert not any(text in str(entry.detail) for entry in AuditEntry.objects.all() for text in TEXTS.values())


def test_passages_are_kept_with_their_code_and_come_back(desk: Desk) -> None:
    ada, url = desk.at(desk.first), desk.url("one")
    money = [["money", 0, 14], ["people", 20, 32]]

    ada.post(url, sent(desk, "one", "money", "people", passages=[*money, ["post", 0, 3]]))

    kept = Coding.objects.get()
    assert applied_of(kept.applied) == (Applied("money", 0, 14), Applied("people", 20, 32))
    page = ada.get(url).content.decode()
    assert page.count(" checked") == 2
    assert json.loads(ada.get(url).context["form"]["passages"].value()) == money


def test_a_code_without_a_passage_is_on_the_whole_answer_and_a_second_thought_replaces_the_first(desk: Desk) -> None:
    ada, url = desk.at(desk.first), desk.url("one")
    ada.post(url, sent(desk, "one", "money"))
    ada.post(url, sent(desk, "one", "none-of-these"))

    answer = desk.work.answer(desk.pseudonym("one"))
    counts = desk.work.coding(desk.first, answer)
    assert counts is not None
    assert keys(counts) == frozenset()
    assert [keys(each) for each in Coding.objects.order_by("pk")] == [{"money"}, frozenset()]


SENSELESS: tuple[tuple[tuple[str, ...], object, str], ...] = (
    ((), [], "Choose every code that applies"),
    (("money", "none-of-these"), [], "but not both"),
    (("weather",), [], "The frame has changed since"),
    (("money",), [["money", 5, 999]], "lies outside the answer"),
    (("money",), [["money", 5]], "did not arrive whole"),
    (("money",), [["money", 0, float("inf")]], "did not arrive whole"),
)


def test_what_makes_no_sense_is_said_and_nothing_is_kept(desk: Desk) -> None:
    ada, url = desk.at(desk.first), desk.url("one")
    for codes, passages, says in SENSELESS:
        answer = ada.post(url, sent(desk, "one", *codes, passages=passages))
        assert (answer.status_code, Coding.objects.count()) == (200, 0)
        assert says in answer.content.decode()


def test_nobody_sees_what_the_other_coded_until_both_are_done(desk: Desk) -> None:
    desk.code(desk.first, one="money", two="money", three="people")
    ben = desk.at(desk.second)
    assert " checked" not in ben.get(desk.url("one")).content.decode()
    with pytest.raises(StillBlind):
        desk.work.refuse_while_blind()
    say_done(desk.work, by=desk.first, now=timezone.now())
    with pytest.raises(StillBlind):
        desk.work.refuse_while_blind()
    desk.code(desk.second)
    say_done(desk.work, by=desk.second, now=timezone.now())
    desk.work.refuse_while_blind()


def test_what_a_coder_made_of_answers_stands_once_they_are_done(desk: Desk) -> None:
    with pytest.raises(NotReady):
        say_done(desk.work, by=desk.first, now=timezone.now())
    desk.code(desk.first, one="money")
    say_done(desk.work, by=desk.first, now=timezone.now())
    with pytest.raises(Settled):
        desk.code(desk.first, one="people")
    other = builders.person("cy@example.org", role=Role.ANALYST)
    with pytest.raises(NotYours):
        desk.code(other, one="money")


def test_an_answer_that_was_sent_again_in_other_words_is_coded_again(desk: Desk) -> None:
    work, reading = desk.work, desk.reading("one")
    code_answer(work, reading, applied=[Applied("money")], seen=reading.digest, by=desk.first, now=timezone.now())
    Coding.objects.get()
    page = desk.at(desk.first).post(desk.url("two"), sent(desk, "one", "money"))
    assert page.status_code == 409
    assert "Read this one again" in page.content.decode()


def test_each_change_of_the_frame_is_a_version_and_codings_keep_theirs(desk: Desk) -> None:
    ada = desk.at(desk.first)
    ada.post(desk.url("one"), sent(desk, "one", "money"))
    change = {"name": "Funding", "definition": "Money, whoever gives it", "include": "", "exclude": "", "example": ""}
    assert ada.post(f"{HERE}codes/money/", change | {"parent": "", "send": ""}).status_code == 303
    assert ada.post(f"{HERE}codes/post/retire/", {"send": ""}).status_code == 303
    page = ada.get(HERE).content.decode()

    assert "1 of them by an earlier version of the frame" in page
    assert [each.number for each in FrameVersion.objects.order_by("pk")] == [1, 2, 3, 4, 5]
    assert "Funding" in page
    assert "Retired “Post”" in page
    kept = Coding.objects.get()
    assert (kept.frame.number, set(keys(kept))) == (3, {"money"})
    assert 'value="post"' not in ada.get(desk.url("two")).content.decode()
    taken = ada.post(f"{HERE}add/", change | {"parent": "", "send": ""})
    assert "Another code has this name" in taken.content.decode()


def test_two_people_code_and_a_page_costs_the_same_for_any_number(
    desk: Desk, django_assert_max_num_queries: Counting
) -> None:
    ada = desk.at(desk.first)
    same = {"first": desk.first.pk, "second": desk.first.pk, "send": ""}
    assert "Choose another person" in ada.post(f"{HERE}coders/", same).content.decode()
    ada.post(desk.url("two"), sent(desk, "two", "money"))
    for url in (HERE, desk.url("one"), desk.url("two"), "/waves/munro-2012/tables/text/", f"{HERE}add/"):
        with django_assert_max_num_queries(20):
            assert ada.get(url).status_code == 200
