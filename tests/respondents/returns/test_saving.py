"""Saving: merges what does not collide, asks where it does, and chains every save to the one before."""

from datetime import timedelta

import pytest

from accounts.models import User
from respondents.register.models import Board
from respondents.returns.models import Return, Save
from respondents.returns.refusals import WaveNotOpen
from respondents.returns.saving import Conflict, Saved, Sending, Settlement, save_answers, save_digest
from survey.models import Wave
from survey.schema.answers import Value
from tests.builders import NOW, chair, return_of, wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_wave() -> Wave:
    return wave()


@pytest.fixture
def barnet(open_wave: Wave) -> Return:
    return return_of("barnet", in_wave=open_wave)


@pytest.fixture
def ann(open_wave: Wave) -> User:
    return chair(Board.objects.get(slug="barnet"), email="ann@example.org")


@pytest.fixture
def bob(open_wave: Wave) -> User:
    return chair(Board.objects.get(slug="barnet"), email="bob@example.org")


def test_save_stores_codes_and_texts_apart_and_counts_a_version(barnet: Return, ann: User) -> None:
    outcome = save_answers(barnet, Sending(0, {"C1": 2, "G1": "Money"}), person=ann, now=NOW)

    barnet.refresh_from_db()
    assert outcome == Saved(version=1)
    assert (barnet.answers, barnet.texts, barnet.version) == ({"C1": 2}, {"G1": "Money"}, 1)
    assert (barnet.changed_by, barnet.changed_at) == (ann, NOW)


def test_save_of_nothing_new_makes_no_version(barnet: Return, ann: User) -> None:
    save_answers(barnet, Sending(0, {"C1": 2}), person=ann, now=NOW)

    outcome = save_answers(barnet, Sending(1, {"C1": 2, "C2": None}), person=ann, now=NOW)

    assert outcome == Saved(version=1)
    assert barnet.saves.count() == 1


def test_clearing_an_answer_is_a_change_that_stays_in_history(barnet: Return, ann: User) -> None:
    save_answers(barnet, Sending(0, {"G1": "First"}), person=ann, now=NOW)

    save_answers(barnet, Sending(1, {"G1": None}), person=ann, now=NOW)

    barnet.refresh_from_db()
    assert barnet.texts == {}
    assert barnet.saves.get(version=2).changes == {"G1": ["First", None]}


def test_two_people_who_change_different_items_are_merged(barnet: Return, ann: User, bob: User) -> None:
    save_answers(barnet, Sending(0, {"C1": 2, "C2": None}), person=ann, now=NOW)

    outcome = save_answers(barnet, Sending(0, {"C1": None, "C2": 3}), person=bob, now=NOW)

    barnet.refresh_from_db()
    assert outcome == Saved(version=2)
    assert barnet.answers == {"C1": 2, "C2": 3}


def test_item_seen_in_a_later_version_is_decided_without_undoing_what_was_changed_beside_it(
    barnet: Return, ann: User, bob: User
) -> None:
    save_answers(barnet, Sending(0, {"C1": 1, "C2": 1}), person=ann, now=NOW)
    save_answers(barnet, Sending(1, {"C1": 2, "C2": 2}), person=bob, now=NOW)

    sent: dict[str, Value] = {"C1": 3, "C2": 1, "G1": "Money"}  # C2 travels along unchanged
    outcome = save_answers(barnet, Sending(1, sent, settled=Settlement(seen={"C1": 2})), person=ann, now=NOW)

    barnet.refresh_from_db()
    assert outcome == Saved(version=3)
    assert (barnet.answers, barnet.texts) == ({"C1": 3, "C2": 2}, {"G1": "Money"})


def test_two_people_who_change_one_item_differently_conflict_and_nothing_is_stored(
    barnet: Return, ann: User, bob: User
) -> None:
    save_answers(barnet, Sending(0, {"G1": "Ann's words"}), person=ann, now=NOW)
    sent: dict[str, Value] = {"G1": "Bob's words", "C1": 1}

    outcome = save_answers(barnet, Sending(0, sent), person=bob, now=NOW)

    barnet.refresh_from_db()
    assert isinstance(outcome, Conflict)
    assert [(c.item, c.mine, c.theirs, c.by) for c in outcome.collisions] == [("G1", "Bob's words", "Ann's words", ann)]
    assert (barnet.version, barnet.texts, barnet.answers) == (1, {"G1": "Ann's words"}, {})


def test_two_people_who_agree_do_not_conflict(barnet: Return, ann: User, bob: User) -> None:
    save_answers(barnet, Sending(0, {"C1": 2}), person=ann, now=NOW)

    assert save_answers(barnet, Sending(0, {"C1": 2}), person=bob, now=NOW) == Saved(version=1)


def test_an_item_changed_and_changed_back_by_another_does_not_conflict_with_one_left_alone(
    barnet: Return, ann: User, bob: User
) -> None:
    save_answers(barnet, Sending(0, {"C1": 1}), person=ann, now=NOW)
    save_answers(barnet, Sending(1, {"C1": 4}), person=ann, now=NOW)

    outcome = save_answers(barnet, Sending(1, {"C1": 1, "C2": 1}), person=bob, now=NOW)

    barnet.refresh_from_db()
    assert outcome == Saved(version=3)
    assert barnet.answers == {"C1": 4, "C2": 1}


def test_each_save_is_chained_to_the_one_before(barnet: Return, ann: User) -> None:
    for version, value in enumerate((1, 2, 3)):
        save_answers(barnet, Sending(version, {"C1": value}), person=ann, now=NOW)

    saves = list(Save.objects.order_by("version"))
    assert [save.previous_digest for save in saves] == ["", saves[0].digest, saves[1].digest]
    assert [save_digest(save) for save in saves] == [save.digest for save in saves]


def test_a_person_sees_the_returns_of_the_boards_they_chair_only(open_wave: Wave, barnet: Return, ann: User) -> None:
    assert list(Return.objects.visible_to(ann, now=NOW)) == [barnet]


def test_a_chair_sees_nothing_from_the_day_after_the_appointment_ended(barnet: Return, ann: User) -> None:
    ann.appointments.update(until_date=NOW.date())

    assert list(Return.objects.visible_to(ann, now=NOW)) == [barnet]
    assert not Return.objects.visible_to(ann, now=NOW + timedelta(days=1)).exists()


def test_what_a_person_gives_up_in_a_conflict_stays_in_history(barnet: Return, ann: User, bob: User) -> None:
    save_answers(barnet, Sending(0, {"G1": "Ann's words"}), person=ann, now=NOW)

    outcome = save_answers(
        return_of("barnet", in_wave=barnet.wave),
        Sending(0, {}, settled=Settlement(seen={"G1": 1}, set_aside={"G1": "Bob's words"})),
        person=bob,
        now=NOW,
    )

    save = barnet.saves.get(version=2)
    assert outcome == Saved(version=2)
    assert (save.changes, save.set_aside, save.digest) == ({}, {"G1": "Bob's words"}, save_digest(save))


def test_a_save_that_lost_the_race_between_reading_and_writing_is_merged(barnet: Return, ann: User, bob: User) -> None:
    read_before = return_of("barnet", in_wave=barnet.wave)
    save_answers(barnet, Sending(0, {"C1": 2}), person=ann, now=NOW)

    outcome = save_answers(read_before, Sending(0, {"C2": 3}), person=bob, now=NOW)

    barnet.refresh_from_db()
    assert outcome == Saved(version=2)
    assert (barnet.answers, barnet.version, barnet.saves.count()) == ({"C1": 2, "C2": 3}, 2, 2)
    assert barnet.last_digest == barnet.saves.get(version=2).digest


@pytest.mark.parametrize("moment", ["opens_at", "closes_at"])
def test_nothing_is_saved_outside_the_times_of_the_wave(
    barnet: Return, ann: User, open_wave: Wave, moment: str
) -> None:
    setattr(open_wave, moment, NOW)
    early_or_late = NOW.replace(hour=11) if moment == "opens_at" else NOW
    open_wave.save()

    with pytest.raises(WaveNotOpen, match="10 February 2012 at 12:00"):
        save_answers(barnet, Sending(0, {"C1": 1}), person=ann, now=early_or_late)

    barnet.refresh_from_db()
    assert barnet.version == 0


@pytest.mark.parametrize("sent", [{}, {"C1": 3}])
def test_text_given_up_stays_in_history_even_where_nobody_came_between(
    barnet: Return, ann: User, sent: dict[str, Value]
) -> None:
    save_answers(barnet, Sending(0, {"G1": "Theirs"}), person=ann, now=NOW)
    given_up = Settlement(seen={"G1": 1}, set_aside={"G1": "Mine"})

    outcome = save_answers(barnet, Sending(1, sent, settled=given_up), person=ann, now=NOW)

    assert outcome == Saved(version=2)
    assert barnet.saves.get(version=2).set_aside == {"G1": "Mine"}
