import re

import pytest
from django.test import Client

from respondents.returns.models import Submission
from tests.respondents.portal.conftest import Portal

pytestmark = pytest.mark.once

# Session, person, return, submissions.
QUERIES_TO_CHECK = 5


def answers(text: str) -> dict[str, str]:
    return dict(re.findall(r'__key">(.*?)</dt>\s*<dd[^>]*><span[^>]*>(.*?)</span>', text, re.DOTALL))


def test_check_shows_the_frame_and_the_answers_in_words(portal: Portal) -> None:
    portal.save("this-return", version=0, A4=["", "dcs"], A5="no")

    shown = answers(portal.text("check/"))

    assert {name: shown[name] for name in list(shown)[:5]} == {
        "Board": "Barnet Local Safeguarding Children Board",
        "Authority type": "London borough",
        "Region": "Outer London",
        "Whom, if anyone, did you consult in completing this survey?": "Director of Children&#x27;s Services",
        "Are you answering for more than one Board?": "No",
    }


def test_check_leaves_out_what_routing_does_not_open(portal: Portal) -> None:
    portal.save("this-return", version=0, A5="yes", **{"A5.details": "Leeds"})
    assert "Leeds" in portal.text("check/")
    portal.save("this-return", version=1, A5="no")
    assert "Leeds" not in portal.text("check/")


def test_check_names_each_answer_in_its_change_link(portal: Portal) -> None:
    text = portal.text("check/")

    topics = re.findall(r'Change<span class="govuk-visually-hidden"> (.*?)</span>', text)
    assert len(set(topics)) == len(topics) == 26
    assert f'href="{portal.url("questions/C1/")}?from=check#id_C1"' in text


def test_check_counts_what_is_missing_without_stopping_anybody(portal: Portal) -> None:
    portal.save("C1", version=0, C1="agree")

    text = portal.text("check/")

    assert "86 answers are missing. You can submit all the same." in text
    assert "Understanding of the referral process: 7 answers missing" in text
    assert "Submit the return" in text


def test_check_declares_board_and_person(portal: Portal) -> None:
    portal.save("C1", version=0, C1="agree")
    declaration = (
        "These are the answers of Barnet Local Safeguarding Children Board. I, Chair, submit them as its chair."
    )
    assert declaration in portal.text("check/")


def test_check_costs_few_queries(portal: Portal, django_assert_num_queries: object) -> None:
    portal.save("C1", version=0, C1="agree")
    with django_assert_num_queries(QUERIES_TO_CHECK):  # type: ignore[operator]
        portal.get("check/")


def test_submitting_leads_to_the_receipt_and_twice_to_the_same(portal: Portal) -> None:
    portal.save("C1", version=0, C1="agree")

    first, second = portal.submit(1), portal.submit(1)

    assert [(each.status_code, each["Location"]) for each in (first, second)] == [
        (303, portal.url("submissions/1/"))
    ] * 2
    assert Submission.objects.count() == 1


def test_submitting_answers_that_changed_shows_them_again(portal: Portal, colleague: Client) -> None:
    portal.save("C1", version=0, C1="agree")
    colleague.post(portal.url("questions/C2/"), {"base-version": 1, "C2": "mixed"})

    answer = portal.submit(1)

    text = answer.content.decode()
    assert (answer.status_code, Submission.objects.count()) == (409, 0)
    assert "An answer was changed after you opened this page." in text
    assert 'name="base-version" value="2"' in text


def test_check_of_nothing_leads_to_the_sections(portal: Portal) -> None:
    text = portal.text("check/")

    assert "Choose a section to answer" in text
    assert ["Submit the return" in text, "answers are missing" in text] == [False, False]


def test_submitting_nothing_is_refused(portal: Portal) -> None:
    answer = portal.submit(0)
    assert (answer.status_code, "There is nothing to submit yet" in answer.content.decode()) == (409, True)


def test_submitting_after_closing_is_refused_unless_it_was_submitted(portal: Portal) -> None:
    portal.save("C1", version=0, C1="agree")
    portal.submit(1)
    portal.save("C1", version=1, C1="disagree")
    portal.now_closed()

    assert [portal.submit(2).status_code, portal.submit(1).status_code] == [403, 303]
    assert Submission.objects.count() == 1


def test_submitting_without_a_version_or_by_a_link_does_nothing(portal: Portal) -> None:
    portal.save("C1", version=0, C1="agree")
    statuses = [portal.client.post(portal.url("submit/"), sent).status_code for sent in ({}, {"base-version": "x"})]
    assert [*statuses, portal.client.get(portal.url("submit/")).status_code] == [400, 400, 405]
    assert Submission.objects.count() == 0


def test_check_of_a_submitted_return_offers_no_second_submission(portal: Portal) -> None:
    portal.save("C1", version=0, C1="agree")
    portal.submit(1)

    text = portal.text("check/")

    assert ["Submit the return" in text, "Submission 1, today at" in text] == [False, True]


def test_check_after_closing_shows_answers_and_changes_nothing(portal: Portal) -> None:
    portal.save("C1", version=0, C1="agree")
    portal.now_closed()

    text = portal.text("check/")

    assert ["Your answers" in text, "Change<" in text, "Submit the return" in text] == [True, False, False]


def test_check_shows_text_as_text(portal: Portal) -> None:
    portal.save("G1", version=0, G1="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in portal.text("check/")
