import pytest

from respondents.returns.models import Submission
from tests.respondents.portal.conftest import Portal

pytestmark = pytest.mark.once

# Session, person, return, submission, number of submissions, whether how it went was asked.
QUERIES = 7


def test_receipt_says_what_was_received_when_and_by_whom(portal: Portal) -> None:
    portal.save("C1", version=0, C1="agree")
    portal.submit(1)
    sent = Submission.objects.get()

    text = portal.text("submissions/1/")

    facts = ["Return received", sent.reference, "Barnet Local Safeguarding Children Board", "Chair", "1 of 1",
             "1 of 87 answers given", sent.digest[:8]]  # fmt: skip
    assert [fact for fact in facts if fact not in text] == []


def test_receipt_of_an_earlier_submission_says_that_it_was_replaced(portal: Portal) -> None:
    portal.save("C1", version=0, C1="agree")
    portal.submit(1)
    portal.save("C1", version=1, C1="disagree")
    portal.submit(2)

    assert [("replaced by a later one" in portal.text(f"submissions/{n}/")) for n in (1, 2)] == [True, False]
    assert portal.text().index("Submission 2") < portal.text().index("Submission 1")


def test_receipt_that_does_not_exist_is_not_found(portal: Portal) -> None:
    assert [portal.get(f"submissions/{n}/").status_code for n in (0, 1, 99999999999999999999)] == [404] * 3


def test_receipt_costs_few_queries(portal: Portal, django_assert_num_queries: object) -> None:
    portal.save("C1", version=0, C1="agree")
    portal.submit(1)
    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        portal.get("submissions/1/")


def test_sent_answers_stay_as_they_were_sent(portal: Portal) -> None:
    portal.save("C1", version=0, C1="agree")
    portal.submit(1)
    portal.save("C1", version=1, C1="disagree")

    text = portal.text("submissions/1/answers/")

    assert ["Agree" in text, "Disagree" in text, "Change<" in text, "Not asked" in text] == [True, False, False, False]


def test_sent_answers_leave_out_what_routing_did_not_open(kinds: Portal) -> None:
    kinds.save("both", version=0, A3="no", A4="Not asked for")
    kinds.submit(1)

    text = kinds.text("submissions/1/answers/")

    assert ["Not asked for" in text, "Why is there none?" in text] == [False, True]
