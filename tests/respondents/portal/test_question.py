import re

import pytest
from django.test import Client

from respondents.returns.models import Save
from survey.models import Wave
from tests.respondents.portal.conftest import Portal

pytestmark = pytest.mark.once

# Session, person, return, queries of the survey team.
QUERIES_TO_SHOW = 5
# The same, then in one transaction: begin, return, saves since, return, save, end; the first save has none before it.
QUERIES_TO_SAVE = 8


def controls(text: str, name: str) -> list[str]:
    return re.findall(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', text)


def test_question_shows_every_item_with_the_whole_scale_and_no_answer_chosen(portal: Portal) -> None:
    text = portal.text("questions/B1/")

    assert [len(controls(text, item.code)) for item in portal.wave.questionnaire.page("B1").items] == [6] * 7
    assert text.count("<fieldset") == 7
    assert " checked" not in text


def test_question_first_control_has_the_id_that_errors_link_to(portal: Portal) -> None:
    assert 'id="id_B1.health"' in controls(portal.text("questions/B1/"), "B1.health")[0]


def test_question_costs_few_queries(portal: Portal, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(QUERIES_TO_SHOW):  # type: ignore[operator]
        portal.get("questions/B1/")
    with django_assert_num_queries(QUERIES_TO_SAVE):  # type: ignore[operator]
        portal.save("B1", version=0, B1__health="good")


def test_question_saves_and_goes_on_to_the_next_page(portal: Portal) -> None:
    answer = portal.save("B1", version=0, B1__health="good", B1__police="dont_know")

    assert (answer.status_code, answer["Location"]) == (303, portal.url("questions/B2/"))
    assert portal.stored().answers == {"B1.health": 2, "B1.police": -8}


def test_question_saves_and_returns_to_the_task_list(portal: Portal) -> None:
    answer = portal.save("B1", version=0, **{"B1.health": "good", "and-then-tasks": "yes"})
    assert (answer.status_code, answer["Location"]) == (303, portal.url())


def test_question_opened_from_the_check_page_leads_back_there(portal: Portal) -> None:
    assert 'name="come-from" value="check"' in portal.text("questions/B1/?from=check")
    answer = portal.save("B1", version=0, **{"B1.health": "good", "come-from": "check"})
    assert answer["Location"] == portal.url("check/")


def test_question_never_leads_to_another_site(portal: Portal) -> None:
    assert "evil" not in portal.text("questions/B1/?from=https://evil.example")
    answer = portal.save("B1", version=0, **{"come-from": "https://evil.example"})
    assert answer["Location"] == portal.url("questions/B2/")


def test_last_question_leads_to_the_check_page(portal: Portal) -> None:
    assert portal.save("H1", version=0)["Location"] == portal.url("check/")


def test_question_may_be_left_blank(portal: Portal) -> None:
    answer = portal.save("B1", version=0)
    assert (answer.status_code, portal.stored().version) == (303, 0)


def test_question_shows_what_was_saved_and_lets_it_be_taken_back(portal: Portal) -> None:
    portal.save("B1", version=0, B1__health="good")

    text = portal.text("questions/B1/")
    assert [("checked" in each) for each in controls(text, "B1.health")] == [
        False,
        True,
        False,
        False,
        False,
        False,
        False,
    ]
    assert [len(controls(text, "B1.health")), len(controls(text, "B1.police"))] == [7, 6]

    portal.save("B1", version=1, B1__health="")
    assert (portal.stored().answers, portal.stored().version) == ({}, 2)


def test_question_keeps_what_the_browser_did_not_send(portal: Portal) -> None:
    portal.save("B1", version=0, B1__health="good", B1__police="poor")
    portal.save("B1", version=1, B1__police="good")
    assert portal.stored().answers == {"B1.health": 2, "B1.police": 2}


def test_refusal_that_was_saved_is_shown_and_stays(portal: Portal) -> None:
    portal.save("B1", version=0, B1__health="refused")

    text = portal.text("questions/B1/")
    assert next(each for each in controls(text, "B1.health") if "checked" in each).count('value="refused"') == 1
    portal.save("B1", version=1, B1__health="refused", B1__police="good")
    assert portal.stored().answers == {"B1.health": -6, "B1.police": 2}


def test_boxes_can_be_ticked_and_all_unticked(portal: Portal) -> None:
    portal.save("this-return", version=0, A4=["", "dcs", "other_partners"], **{"A4.details": "Health"})
    assert (portal.stored().answers, portal.stored().texts) == ({"A4": [2, 3]}, {"A4.details": "Health"})

    portal.save("this-return", version=1, A4=[""])
    assert portal.stored().answers == {}


def test_box_that_excludes_the_others_is_refused_beside_them(portal: Portal) -> None:
    answer = portal.save("this-return", version=0, A4=["", "none", "dcs"])

    text = answer.content.decode()
    assert (answer.status_code, portal.stored().version) == (200, 0)
    assert "<title>Error: " in text
    assert '<a href="#id_A4">“No one” cannot be chosen together with another answer.</a>' in text
    assert text.count("cannot be chosen together") == 2


def test_unknown_option_is_refused_and_nothing_is_saved(portal: Portal) -> None:
    answer = portal.save("B1", version=0, B1__health="excellent", B1__police="good")

    text = answer.content.decode()
    assert '<a href="#id_B1.health">Choose one of the answers shown for “Health”.</a>' in text
    assert [("checked" in each) for each in controls(text, "B1.police")] == [False, True, False, False, False, False]
    assert portal.stored().version == 0


def test_fields_that_the_page_does_not_have_are_ignored(portal: Portal) -> None:
    portal.save("B1", version=0, B1__health="good", B2__health="poor", C1="agree", is_staff="1", answers="{}")
    assert (portal.stored().answers, portal.stored().texts) == ({"B1.health": 2}, {})


def test_text_with_a_nul_is_refused(portal: Portal) -> None:
    answer = portal.save("G1", version=0, G1="a\0b")

    assert (answer.status_code, portal.stored().version) == (200, 0)
    assert "The text has a character that cannot be stored. Remove it and try again." in answer.content.decode()


def test_half_a_character_becomes_the_mark_for_one_that_is_lost(portal: Portal) -> None:
    body, kind = b"base-version=0&G1=a%ED%A0%80b", "application/x-www-form-urlencoded"
    portal.client.generic("POST", portal.url("questions/G1/"), body, content_type=kind)
    assert portal.stored().texts == {"G1": "a\ufffd\ufffd\ufffdb"}


def test_text_of_a_megabyte_is_refused_with_its_length_and_kept_on_the_page(portal: Portal) -> None:
    answer = portal.save("G1", version=0, G1="x" * 1_000_000)

    text = answer.content.decode()
    assert (answer.status_code, portal.stored().version) == (200, 0)
    assert "The text must be 20,000 characters or fewer; it has 1,000,000." in text
    assert "x" * 1_000_000 in text


def test_text_of_three_megabytes_is_refused_before_it_is_read(portal: Portal) -> None:
    answer = portal.save("G1", version=0, G1="x" * 3_000_000)
    assert (answer.status_code, portal.stored().version) == (400, 0)


def test_text_is_kept_as_it_was_written(portal: Portal) -> None:
    written = "\n  First <b>line</b> & “more”\nSecond line\u202e"
    portal.save("G1", version=0, G1=written)

    assert portal.stored().texts == {"G1": written}
    assert "&lt;b&gt;line&lt;/b&gt;" in portal.text("questions/G1/")


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
def test_page_that_arrives_without_its_version_saves_nothing_and_keeps_the_answers(
    portal: Portal, version: str
) -> None:
    answer = portal.client.post(portal.url("questions/G1/"), {"base-version": version, "G1": "Long text"})

    text = answer.content.decode()
    assert (answer.status_code, portal.stored().version) == (200, 0)
    assert ["This page did not arrive whole" in text, "Long text" in text] == [True, True]


def test_closed_wave_refuses_saving_and_shows_why(portal: Portal) -> None:
    portal.now_closed()

    shown, saved = portal.get("questions/B1/"), portal.save("B1", version=0, B1__health="good")

    assert [shown.status_code, saved.status_code, portal.stored().version] == [403, 403, 0]
    assert "Answers can no longer be changed or sent." in saved.content.decode()


def test_unknown_page_is_not_there(portal: Portal) -> None:
    assert [portal.get(f"questions/{code}/").status_code for code in ("Z9", "b1", "B1.health")] == [404] * 3


def test_page_that_routing_does_not_open_says_so(kinds: Portal) -> None:
    shown = kinds.get("questions/B1/")

    assert shown.status_code == 404
    assert "This question does not apply" in shown.content.decode()


def test_answer_sent_by_the_button_is_kept_though_its_question_was_closed_meanwhile(kinds: Portal) -> None:
    kinds.save("both", version=0, A3="no")
    kinds.save("both", version=1, A3="yes")
    saved = kinds.save("B1", version=1, B1="Because")

    assert (saved.status_code, kinds.stored().texts) == (303, {"B1": "Because"})
    assert "What you wrote at “Why is there none?”" in kinds.client.get(saved["Location"]).content.decode()


def test_routing_skips_what_is_not_opened_and_leads_to_what_is(kinds: Portal) -> None:
    assert kinds.save("both", version=0, A3="yes", A4="Much")["Location"] == kinds.url("questions/B2/")
    assert kinds.save("both", version=1, A3="no")["Location"] == kinds.url("questions/B1/")
    assert kinds.stored().texts == {"A4": "Much"}


def test_item_that_depends_on_an_answer_beside_it_says_when_to_answer(kinds: Portal) -> None:
    assert "Answer this if you answered ‘Yes’ to A3." in kinds.text("questions/both/")


def test_number_is_saved_as_typed_or_refused(kinds: Portal) -> None:
    assert "Enter a whole number." in kinds.save("A1", version=0, A1="1.5").content.decode()
    assert kinds.save("A1", version=0, A1=" 12 ").status_code == 303
    assert kinds.stored().texts == {"A1": "12"}
    assert 'value="12"' in controls(kinds.text("questions/A1/"), "A1")[0]


def test_date_is_put_together_from_three_boxes(kinds: Portal) -> None:
    kinds.save("A2", version=0, **{"A2-day": "3", "A2-month": "2", "A2-year": "2012"})

    assert kinds.stored().texts == {"A2": "2012-02-03"}
    text = kinds.text("questions/A2/")
    parts = [controls(text, f"A2-{part}")[0] for part in ("day", "month", "year")]
    assert [re.findall('value="(.*?)"', part) for part in parts] == [["3"], ["2"], ["2012"]]
    kinds.save("A2", version=1, **{"A2-day": "", "A2-month": "", "A2-year": ""})
    assert kinds.stored().texts == {}


def test_date_that_does_not_exist_is_refused_and_stays_to_be_mended(kinds: Portal) -> None:
    answer = kinds.save("A2", version=0, **{"A2-day": "30", "A2-month": "2", "A2-year": "2012"})

    text = answer.content.decode()
    assert '<a href="#id_A2">Enter a real date, such as 23 2 2012.</a>' in text
    assert 'value="30"' in controls(text, "A2-day")[0]


def test_pages_behind_sign_in_are_kept_by_no_cache(portal: Portal) -> None:
    assert portal.get("questions/B1/")["Cache-Control"] == "no-store"


def test_form_without_its_token_saves_nothing(portal: Portal) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(portal.person)

    answer = strict.post(portal.url("questions/B1/"), {"base-version": 0, "B1.health": "good"})

    assert (answer.status_code, Save.objects.count()) == (403, 0)
    assert "This page had been open too long" in answer.content.decode()


def test_reading_a_page_changes_nothing(portal: Portal) -> None:
    for page in ("", "questions/B1/", "check/", "all-questions/"):
        portal.get(page)
    assert (portal.stored().version, Save.objects.count(), Wave.objects.count()) == (0, 0, 1)
