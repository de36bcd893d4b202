"""Coders read answers with marks; the passages they mark stay right in the answer as it was written."""

import json
import random
from dataclasses import asdict
from uuid import uuid4

import pytest

from accounts.models import AuditEntry
from analysis.core.coding import Applied
from analysis.opentext.answers import Answer, answers_to, digests_of_answers, with_text
from analysis.opentext.coding import code_answer
from analysis.opentext.frames import applied_of
from analysis.opentext.models import Coding, LocalName, Redaction
from analysis.opentext.reading import Reading
from analysis.opentext.redacting import Edit
from analysis.opentext.refusals import AnswerChanged
from tests.analysis.opentext.conftest import ITEM, TEXTS, Desk
from tests.builders import NOW

LIST = "/waves/munro-2012/tables/local-names/"


def reading(text: str, *edits: Edit) -> Reading:
    answer = Answer(uuid4(), "r", "d", is_erased=False, text=text)
    return Reading(answer, Redaction(edits=[asdict(each) for each in edits]))


@pytest.mark.pure
def test_a_passage_is_the_same_words_in_both_texts_and_one_that_cuts_a_mark_takes_in_all_of_it() -> None:
    text = "Ann told Derby that Leeds pays."
    read = reading(text, Edit("?", "[person]", 0, 3, is_taken=True), Edit("?", "[place]", 9, 14, is_taken=True))
    assert read.text == "[person] told [place] that Leeds pays."
    for words, meant in (
        ("told", "told"),
        ("that Leeds pays.", "that Leeds pays."),
        ("[person] told", "Ann told"),
        ("rson] told [pl", "Ann told Derby"),
        ("[place]", "Derby"),
        (read.text, text),
    ):
        start = read.text.index(words)
        (written,) = read.as_written([Applied("x", start, start + len(words))])
        assert text[written.start : written.end] == meant
        (back,) = read.as_read([written])
        assert words in read.text[back.start : back.end]
    assert read.as_written([Applied("x")]) == (Applied("x"),)


@pytest.mark.pure
def test_places_outside_marks_come_back_whatever_was_taken_out() -> None:
    chance = random.Random(62)
    for _ in range(300):
        cuts = sorted(chance.sample(range(60), 6))
        edits = [Edit("?", "[" + "x" * chance.randint(0, 9) + "]", a, b, is_taken=chance.random() < 0.7)
                 for a, b in zip(cuts[::2], cuts[1::2], strict=True)]  # fmt: skip
        read = reading("".join(chance.choices("abc ", k=60)), *edits)
        start, end = sorted(chance.sample(range(61), 2))
        (shown,) = read.as_read([Applied("x", start, end)])
        (again,) = read.as_written([shown])
        cut = [each for each in read.taken if each.start < end and start < each.end]
        low, high = min([start, *(each.start for each in cut)]), max([end, *(each.end for each in cut)])
        assert (again.start, again.end) == (low, high)


@pytest.mark.django_db
@pytest.mark.once
def test_coders_read_marks_until_and_after_somebody_redacts_and_their_places_hold(desk: Desk) -> None:
    ada, ben, url = desk.at(desk.first), desk.at(desk.second), desk.url("three")
    page = ada.get(url).content.decode()
    assert "ring [number]." in page
    assert "7946" not in page
    assert "Nobody has redacted this answer yet. Patterns and names find a telephone number" in page
    read = desk.reading("three")
    place = read.text.index("ring")
    passages = json.dumps([["money", place, len(read.text)]])
    sent = {"codes": ["money"], "passages": passages, "seen": read.digest, "send": ""}
    assert ada.post(url, sent).status_code == 303
    (kept,) = applied_of(Coding.objects.get().applied)
    assert TEXTS["three"][kept.start : kept.end] == "ring 020 7946 0999."
    assert Coding.objects.get().redaction is None

    taken = {f"p{TEXTS['three'].index('020')}": "take", "more": "Hackney", "send": ""}
    assert ada.post(desk.url("three", "redaction"), taken).status_code == 303
    assert "Code it" in ada.get(desk.url("three", "redaction")).content.decode()
    with pytest.raises(AnswerChanged, match="somebody has redacted"):
        code_answer(desk.work, desk.reading("three"), applied=[], seen=read.digest, by=desk.first, now=NOW)
    again = ada.get(url)
    assert "Staff leave for [detail]; ring [number]." in again.content.decode()
    ((_, start, end),) = json.loads(again.context["form"]["passages"].value())
    assert desk.reading("three").text[start:end] == "ring [number]."
    none = {"codes": ["none-of-these"], "passages": "", "seen": desk.reading("three").digest, "send": ""}
    assert ben.post(url, none).status_code == 303
    assert Coding.objects.get(made_by=desk.second).redaction == Redaction.objects.get()


@pytest.mark.django_db
@pytest.mark.once
def test_the_original_is_opened_by_an_act_of_its_own(desk: Desk) -> None:
    page = desk.at(desk.first).get(desk.url("three") + "original/").content.decode()
    assert TEXTS["three"] in page
    assert AuditEntry.objects.get(act="answers.original").person == desk.first


@pytest.mark.django_db
@pytest.mark.once
def test_what_the_team_lists_is_looked_for_until_it_is_taken_off(desk: Desk) -> None:
    ada = desk.at(desk.first)
    assert "Enter at least 4 letters" in ada.post(LIST, {"words": "abc", "send": ""}).content.decode()
    assert ada.post(LIST, {"words": "  staff   leave ", "send": ""}).status_code == 303
    assert "is on the list already" in ada.post(LIST, {"words": "Staff Leave", "send": ""}).content.decode()
    page = ada.get(LIST).content.decode()
    assert "staff leave" in page
    assert "Ada" in page
    assert desk.reading("three").text.startswith("[programme] for Hackney")
    name = LocalName.objects.get()
    assert ada.post(f"{LIST}{name.pk}/remove/").status_code == 303
    assert desk.reading("three").text.startswith("Staff leave")
    assert "No name is listed yet" in ada.get(LIST).content.decode()


@pytest.mark.django_db
def test_the_database_gives_the_digests_of_texts_without_the_texts(desk: Desk) -> None:
    whole, keys = answers_to(desk.wave, ITEM), digests_of_answers(desk.wave, ITEM)
    assert keys == whole
    assert {each.text for each in keys} == {""}
    assert [with_text(desk.wave, ITEM, each).text for each in keys] == [each.text for each in whole]
