"""A board's disposition, from what is known of it."""

import pytest

from respondents.contacts.disposition import Answered, CutOffs, Disposition, Known, by_answers, derive
from tests.golden.published import worked_examples

pytestmark = pytest.mark.pure
CUT_OFFS = CutOffs()


def test_w52_the_share_of_applicable_items_decides() -> None:
    given = worked_examples()["W52"]
    wanted = [name.replace("-", "_") for name in given["expected"]["disposition"]]
    applicable = given["inputs"]["applicable"]
    assert [by_answers(Answered(k, applicable), CUT_OFFS) for k in given["inputs"]["answered"]] == wanted


def test_other_cut_offs_decide_otherwise() -> None:
    assert by_answers(Answered(20, 40), CutOffs(partial_from=60)) == Disposition.BREAK_OFF
    assert by_answers(Answered(32, 40), CutOffs(complete_above=79)) == Disposition.COMPLETE


@pytest.mark.parametrize(("known", "wanted"), [
    (Known(), Disposition.NEVER_OPENED),
    (Known(has_bounced=True), Disposition.BOUNCED),
    (Known(has_bounced=True, has_signed_in=True), Disposition.OPENED_ONLY),
    (Known(has_signed_in=True, has_begun=True), Disposition.BREAK_OFF),
    (Known(has_begun=True, has_refused=True), Disposition.REFUSAL),
    (Known(sent=Answered(40, 40), has_refused=True), Disposition.COMPLETE),
    (Known(sent=Answered(0, 40)), Disposition.OPENED_ONLY),
    (Known(sent=Answered(40, 40), is_eligible=False), Disposition.NOT_ELIGIBLE),
])  # fmt: skip
def test_what_weighs_more_comes_first(known: Known, wanted: Disposition) -> None:
    disposition, why = derive(known, CUT_OFFS)
    assert disposition == wanted
    assert why.endswith(".")
