"""What the worker reckons from answers: rates of items, where returns stopped, minutes, devices; never an answer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.signed_in.browsers import device_of
from analysis.monitoring.figures import figures_of
from analysis.monitoring.models import Tally
from analysis.monitoring.pages.answering import answering_panel
from analysis.monitoring.pages.outcomes import outcomes_panel
from analysis.monitoring.tallying import active_minutes, tally_wave, tally_waves
from respondents.contacts.models import ContactSettings
from respondents.contacts.noting import decide_outcome
from respondents.correspondence.models import AnsweredAs, Feedback, Satisfaction
from respondents.returns.importing import import_returns
from respondents.returns.models import Return, Save, Submission
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from survey.models import Wave
from tests.builders import NOW, RETURNS, chair, return_of, wave, whole_register

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
TABLET = "Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"
COMPUTER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"


@pytest.mark.pure
@pytest.mark.parametrize(
    ("agent", "device"), [(PHONE, "phone"), (TABLET, "tablet"), (COMPUTER, "computer"), ("curl/8.5", ""), ("", "")]
)
def test_of_a_browser_only_the_kind_of_device_is_kept(agent: str, device: str) -> None:
    assert device_of(agent) == device


@pytest.mark.pure
def test_pauses_of_more_than_ten_minutes_are_left_out() -> None:
    minutes = [0, 4, 14, 25, 27]
    moments = [("one", NOW + timedelta(minutes=each)) for each in minutes] + [("two", NOW)]

    assert active_minutes(moments) == [4 + 10 + 2]


@pytest.fixture
def begun(db: None) -> Return:
    found = wave()
    who = chair(*[each.board for each in found.returns.select_related("board") if each.board])
    mine = return_of("barnet", in_wave=found)
    save_answers(mine, Sending(0, {"B1.health": 1, "B1.police": 2}), person=who, now=NOW)
    mine.refresh_from_db()
    return mine


def panel(found: Wave) -> dict[str, tuple[int, int]]:
    told = answering_panel(figures_of(found, now=NOW))
    return {item.code: (item.asked, item.answered) for item in told.items} if told else {}


def test_an_unfinished_return_has_stopped_somewhere_and_counts_in_no_item(begun: Return) -> None:
    assert tally_waves(now=NOW) == 1

    content = Tally.objects.get().content
    assert content["stopped"] == {begun.wave.questionnaire.page_of("B1.police").code: 1}
    assert panel(begun.wave)["B1.health"] == (0, 0)


def test_a_return_that_was_sent_counts_in_the_items_it_was_asked(begun: Return) -> None:
    who = begun.changed_by
    assert who is not None
    sent = submit_return(begun, person=who, version=1, now=NOW)
    assert isinstance(sent, Submission)
    Feedback.objects.create(
        survey_return=begun, submission=sent, person=who,
        answered_as=AnsweredAs.CHAIR, satisfaction=Satisfaction.SATISFIED, minutes=35, given_at=NOW,
    )  # fmt: skip

    tally_wave(begun.wave, now=NOW)

    content = Tally.objects.get().content
    assert panel(begun.wave)["B1.health"] == (1, 1)
    assert panel(begun.wave)["B1.probation"] == (1, 0)
    assert (content["stopped"], content["minutes"]) == ({}, {"returns": 1, "median": 35})
    assert (content["satisfaction"], content["minutes"]["returns"]) == ({"2": 1}, 1)

    decide_outcome(begun, disposition="not_eligible", reason="It had merged.", by=who, now=NOW)
    Wave.objects.get().tally.delete()
    tally_wave(Wave.objects.get(), now=NOW)
    content = Tally.objects.get().content
    assert (content["satisfaction"], content["minutes"]["returns"]) == ({}, 0)


def test_nothing_is_reckoned_again_until_something_changes(begun: Return) -> None:
    assert tally_wave(begun.wave, now=NOW)
    unchanged = Wave.objects.select_related("tally").get(pk=begun.wave_id)
    assert not tally_wave(unchanged, now=NOW + timedelta(hours=1))
    who = begun.changed_by
    assert who is not None
    save_answers(begun, Sending(1, {"B1.health": 3}), person=who, now=NOW)

    assert tally_wave(unchanged, now=NOW + timedelta(hours=1))


def test_other_cut_offs_and_a_sign_in_are_reckoned_with(begun: Return) -> None:
    hours = (NOW + timedelta(hours=each) for each in range(4))
    assert tally_waves(now=next(hours)) == 1
    ContactSettings.objects.create(wave=begun.wave, partial_from=1, complete_above=2)
    assert tally_waves(now=next(hours)) == 1

    User.objects.update(last_login=NOW)
    assert tally_waves(now=next(hours)) == 1
    assert tally_waves(now=next(hours)) == 0


def test_a_tally_that_takes_long_is_not_made_every_minute(begun: Return) -> None:
    tally_wave(begun.wave, now=NOW)
    Tally.objects.update(seconds=30, stamp="something else")
    again = Wave.objects.select_related("tally").get(pk=begun.wave_id)

    assert not tally_wave(again, now=NOW + timedelta(minutes=9))
    assert tally_wave(again, now=NOW + timedelta(minutes=11))


@pytest.mark.django_db
def test_the_device_is_noted_with_what_is_saved_on_the_pages(client: Client) -> None:
    now = timezone.now()
    found = wave(closes_at=now + timedelta(days=3))
    mine = return_of("barnet", in_wave=found)
    assert mine.board is not None
    who = chair(mine.board)
    client.force_login(who)
    page = found.questionnaire.page_of("B1.health").code

    client.post(
        f"/returns/{mine.pk}/questions/{page}/", {"B1.health": "good", "base-version": "0"}, HTTP_USER_AGENT=PHONE
    )

    assert set(Save.objects.values_list("device", flat=True)) == {"phone"}
    tally_wave(found, now=NOW)
    assert Tally.objects.get().content["devices"] == {"phone": 1}
    decide_outcome(mine, disposition="not_eligible", reason="It had merged.", by=who, now=NOW)
    tally_wave(Wave.objects.get(), now=NOW + timedelta(hours=1))
    assert Tally.objects.get().content["devices"] == {}


@pytest.mark.django_db
def test_the_57_returns_of_2012_are_flagged_where_fewer_than_nine_in_ten_answered() -> None:
    whole_register()
    found = wave()
    import_returns(found, RETURNS.read_bytes(), now=NOW)
    tally_wave(found, now=NOW)

    told = answering_panel(figures_of(found, now=NOW))

    assert told is not None
    assert [(item.code, item.asked, item.answered) for item in told.flagged]
    assert all(item.answered * 10 < item.asked * 9 for item in told.flagged)
    assert told.minutes.startswith("Boards spent ")
    outcomes = outcomes_panel(figures_of(found, now=NOW))
    assert outcomes is not None
    assert outcomes.rates == "Complete: 48 of 148 boards (32%). Complete or partial: 51 of 148 boards (34%)."
    assert sum(row.number for row in outcomes.rows) == 148
