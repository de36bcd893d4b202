"""What two codings come to: agreement, decisions, counts, the passages behind them, and the file."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, Role
from analysis.core.agreement import Publication
from analysis.milestones.models import FrozenExtract
from analysis.milestones.since import changed_since
from analysis.opentext.coding import name_coders
from analysis.opentext.deciding import decide
from analysis.opentext.models import Adjudication, Coders, Coding
from analysis.opentext.reckoning import Reckoning
from analysis.opentext.refusals import Settled
from analysis.opentext.work import works_begun
from respondents.returns.models import Submission
from tests import builders
from tests.analysis.opentext.conftest import HERE, ITEM, TEXTS, Desk

Counting = Callable[[int], AbstractContextManager[object]]
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def coded(desk: Desk) -> Desk:
    """They differ on the third answer, where Post stands under People."""
    desk.code(desk.first, one="money people", two="money", three="post")
    desk.code(desk.second, one="people money", two="money", three="money")
    desk.both_done()
    return desk


def cells(client: Client, url: str) -> dict[str, tuple[str, ...]]:
    return {name: row for name, _, row in client.get(url).context["page"].rows}


def test_boards_are_counted_once_for_each_code_and_what_is_undecided_is_in_no_count(coded: Desk) -> None:
    ada = coded.at(coded.first)

    assert cells(ada, f"{HERE}counts/")["Money"][:3] == ("2", "50%", "40%")
    page = ada.get(f"{HERE}counts/").content.decode()
    assert "the 4 boards that answered G1, and all 5 that submitted" in page
    assert "Codes can overlap" in page
    assert "1 answer in no count yet" in page


def test_a_decision_counts_and_both_codings_are_kept_beside_it(coded: Desk) -> None:
    ada, url = coded.at(coded.first), coded.url("three", "differences")
    assert "Post" in ada.get(url).content.decode()
    assert ada.post(url, {"codes": ["post"], "reason": "", "send": ""}).status_code == 200
    assert ada.post(url, {"codes": ["post"], "reason": "It is about letters", "send": ""}).status_code == 303

    assert {row: told[0] for row, told in cells(ada, f"{HERE}counts/").items()} == {
        "Money": "2",
        "People": "2",
        "Post": "1",
    }
    decision = Adjudication.objects.get()
    assert decision.reason == "It is about letters"
    assert {decision.first, decision.second} < set(Coding.objects.all())
    assert Coding.objects.count() == 8
    assert "It is about letters" in ada.get(url).content.decode()
    assert ada.get(coded.url("two", "differences")).status_code == 404


def test_a_decision_is_between_two_codings_and_says_nothing_of_others(coded: Desk) -> None:
    work, third = coded.work, builders.person("cy@example.org", role=Role.ANALYST)
    answer, now = work.answer(coded.pseudonym("three")), timezone.now()
    decide(work, answer, codes=["post"], reason="?", by=coded.first, now=now)
    assert coded.work.undecided == ()

    with pytest.raises(Settled, match="nobody named now would code without seeing them"):
        name_coders(coded.wave, "G1", first=coded.first, second=third, by=None, now=now)
    Coders.objects.create(wave=coded.wave, item="G1", first=coded.first, second=third, made_at=now)
    assert (coded.work.settled(answer), coded.work.is_open_to_all) == (None, False)
    coded.code(third, three="people")
    assert answer in coded.work.undecided


def test_agreement_is_reckoned_on_what_they_coded_before_they_saw_each_others(coded: Desk) -> None:
    """Money: both on two, second only on one, neither on one. By hand: agreed 3 of 4, kappa (3/4 - 1/2) / (1 - 1/2)."""
    ada = coded.at(coded.first)

    assert cells(ada, f"{HERE}agreement/")["Money"] == ("2", "0", "1", "1", "75%", "0.53", "0.50", "0.80")
    page = ada.get(f"{HERE}agreement/").content.decode()
    assert "fewer than 5 boards have makes alpha and kappa unstable" in page
    counts = {each.code.key: each for each in Reckoning(coded.work).counts}
    assert {each.publication for each in counts.values()} == {Publication.WORDS}


def test_a_code_that_came_later_is_a_gap_and_no_disagreement(coded: Desk) -> None:
    ada = coded.at(coded.first)
    new = {
        "name": "Weather",
        "definition": "Rain",
        "include": "",
        "exclude": "",
        "example": "",
        "parent": "",
        "send": "",
    }
    assert ada.post(f"{HERE}add/", new).status_code == 303

    assert cells(ada, f"{HERE}agreement/")["Weather"] == ("0", "0", "0", "0", "", "", "", "")


def test_codes_of_frozen_data_are_counted_over_the_answers_that_were_frozen(coded: Desk) -> None:
    """What is sent later is in no other table of a release; the codes of what stood there before are kept."""
    wave, now = coded.wave, timezone.now()
    found = FrozenExtract(wave=wave, frozen_at=now, rows=Submission.objects.counting().count())
    assert changed_since(found) == 0
    found.rows -= 1  # one was on its way while they were frozen
    assert changed_since(found) == 1
    found.rows += 1
    sent = Submission.objects.get(texts__G1=TEXTS["two"])
    sent.pk, sent.number, sent.version, sent.reference = None, 2, sent.version + 1, "X"
    sent.texts, sent.submitted_at = {ITEM: "Something else."}, now + timedelta(seconds=1)
    sent._state.adding = True
    sent.save()

    def counts(by: datetime | None) -> tuple[dict[str, int], int, int]:
        found = Reckoning(works_begun(wave, [ITEM], by=by)[ITEM])
        return {each.code.name: each.boards for each in found.counts}, len(found.work.answers), found.unsettled

    assert counts(None) == ({"Money": 1, "People": 1, "Post": 0}, 4, 2)
    assert counts(now) == ({"Money": 2, "People": 1, "Post": 0}, 4, 1)
    assert changed_since(found) == 1


def test_the_passages_behind_a_count_are_shown_and_that_is_recorded(coded: Desk) -> None:
    page = coded.at(coded.first).get(f"{HERE}counts/money/").content.decode()

    assert "2 boards" in page
    assert TEXTS["one"] in page
    assert TEXTS["three"] not in page
    entry = AuditEntry.objects.get(act="coding.passages")
    assert (entry.person, entry.detail) == (coded.first, {"item": "G1", "code": "money", "answers": 2})


def test_the_file_of_codings_holds_no_word_of_the_answers(coded: Desk) -> None:
    content = coded.at(coded.first).get(f"{HERE}codings.csv").content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(content)))
    assert {row["coder"] for row in rows} == {"coder 1", "coder 2"}
    assert [row["code"] for row in rows if row["return"] == coded.pseudonym("three")] == ["post", "money"]
    assert not any(word in content for word in ("Money is", "Budgets", "referrals", "Hackney", "7946"))
    assert AuditEntry.objects.filter(act="figures.taken", detail__what="codings of G1").exists()


def test_nothing_of_this_is_shown_before_both_are_done(desk: Desk) -> None:
    desk.code(desk.first, one="money")
    ada = desk.at(desk.first)
    for end in ("counts/", "counts/money/", "agreement/", "differences/", "codings.csv"):
        assert ada.get(f"{HERE}{end}").status_code == 409
    assert "Boards per code" not in ada.get(HERE).content.decode()


def test_the_pages_cost_few_queries(coded: Desk, django_assert_max_num_queries: Counting) -> None:
    ada = coded.at(coded.first)
    for end in ("counts/", "agreement/", "differences/", "counts/money/", "redaction/"):
        with django_assert_max_num_queries(20):
            assert ada.get(f"{HERE}{end}").status_code == 200
