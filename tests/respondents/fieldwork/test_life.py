"""A wave from draft to frozen data: what each step asks, refuses and keeps."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.outbox.models import Message
from accounts.refusals import Refusal
from analysis.milestones.models import FrozenExtract
from analysis.milestones.pages import freeze_page
from analysis.milestones.recording import freeze_data, record_plan
from analysis.milestones.refusals import NothingToFreeze
from respondents.contacts.noting import decide_outcome
from respondents.fieldwork.changing import close_wave, extend_wave
from respondents.fieldwork.deleting import deepest_first, delete_rows, delete_wave
from respondents.fieldwork.drafting import (
    choose_questionnaire,
    decide_signature,
    hold_approvals,
    override_approval,
    set_dates,
    start_draft,
)
from respondents.fieldwork.inviting import invite_chairs
from respondents.fieldwork.models import Approval, ClosingChange
from respondents.fieldwork.opening import open_draft
from respondents.fieldwork.pages.steps import close_page
from respondents.fieldwork.refusals import KeptForGood, NotADraft, NotOpen, NotReady
from respondents.fieldwork.steps import life_of, missing_in, steps_of
from respondents.register.models import Board
from respondents.returns.models import Return, Save, Submission
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from survey.models import Wave
from tests.builders import chair, published, return_of, two_boards, wave
from tests.races import at_once

pytestmark = pytest.mark.django_db
Prepared = Callable[..., Wave]


def missing(found: Wave) -> list[str]:
    return [each.sentence for each in missing_in(life_of(found, now=timezone.now()))]


def test_an_empty_draft_says_everything_that_is_missing_in_order(runner: User) -> None:
    draft = start_draft("next", title="Next", by=runner, now=timezone.now())

    told = missing(draft)

    assert told[0] == "Choose the questionnaire that this wave asks."
    assert told[1].startswith("The register holds no board")
    assert [each.label for each in Approval] == [sentence.split(":")[0] for sentence in told[4:9]]
    assert told[9:] == [
        "Record the analysis plan, once the questionnaire is chosen.",
        "Answer the questionnaire once yourself and note what came of it.",
    ]
    with pytest.raises(NotReady, match="Choose the questionnaire"):
        open_draft(draft, by=runner, now=timezone.now())
    assert Wave.objects.drafts().exists()


def test_a_draft_that_lacks_nothing_opens_with_its_frame_at_this_moment(prepared: Prepared, runner: User) -> None:
    draft, now = prepared(), timezone.now()

    assert missing(draft) == []
    assert open_draft(draft, by=runner, now=now) == 2

    opened = Wave.objects.get()
    assert (opened.opened_at, opened.opens_at, opened.needs_signature, opened.plan) == (now, now, True, "munro_2012")
    last = AuditEntry.objects.last()
    assert last is not None
    assert (last.act, last.wave, last.detail, last.person) == ("wave.opened", "next", {"returns": 2}, runner)


def test_an_approval_may_be_done_without_for_a_reason_that_is_kept(prepared: Prepared, runner: User) -> None:
    draft, now = prepared(), timezone.now()
    hold_approvals(draft, held={"dpia_owner": "", "adcs_reference": ""}, by=runner, now=now)
    assert len(missing(draft)) == 2

    override_approval(draft, approval=Approval.ADCS, reason="Not a council.", by=runner, now=now)

    assert missing(draft) == ["Data protection impact assessment: write it down, or say why the wave opens without it."]
    kept = draft.approval_overrides.get()
    assert (kept.approval, kept.reason, kept.made_by) == (Approval.ADCS, "Not a council.", runner)


def test_once_open_nothing_of_the_draft_can_be_changed(prepared: Prepared, runner: User) -> None:
    draft, now = prepared(), timezone.now()
    open_draft(draft, by=runner, now=now)

    later = now + timedelta(days=2)
    acts: list[Callable[[], object]] = [
        lambda: open_draft(draft, by=runner, now=now),
        lambda: choose_questionnaire(draft, version=published(), by=runner, now=now),
        lambda: set_dates(draft, opens_at=now, closes_at=later, by=runner, now=now),
        lambda: decide_signature(draft, is_wanted=False, by=runner, now=now),
    ]
    for act in acts:
        with pytest.raises(NotADraft, match="The next survey was opened on"):
            act()


@pytest.mark.django_db(transaction=True)
def test_many_who_open_at_once_open_it_once(prepared: Prepared, runner: User) -> None:
    draft, now = prepared(), timezone.now()

    def opened() -> object:
        try:
            return open_draft(draft, by=runner, now=now)
        except Refusal as refused:
            return type(refused)

    outcomes = at_once(5, opened)

    assert sorted(map(str, outcomes)) == sorted(map(str, [2, *[NotADraft] * 4]))
    assert Return.objects.count() == 2


@pytest.mark.parametrize(
    ("opens", "closes", "why"),
    [(-2, -1, "is in the past"), (3, 2, "is not after the opening time")],
)
def test_dates_that_cannot_be_are_refused(runner: User, opens: int, closes: int, why: str) -> None:
    now = timezone.now()
    draft = start_draft("next", title="Next", by=runner, now=now)

    with pytest.raises(ValidationError, match=why):
        set_dates(draft, opens_at=now + timedelta(opens), closes_at=now + timedelta(closes), by=runner, now=now)


def test_an_extension_is_kept_and_told_to_those_who_have_not_submitted(prepared: Prepared, runner: User) -> None:
    draft, now = prepared(), timezone.now()
    open_draft(draft, by=runner, now=now)
    barnet, derby = Board.objects.all()
    chair(barnet, email="b@example.org")
    ann = chair(derby, email="d@example.org")
    Return.objects.filter(board=derby).update(submitted_version=1, version=1)
    later = Wave.objects.get().closes_at + timedelta(days=7)

    assert extend_wave(draft, until=later, reason="Half term.", by=runner, now=now) == 1

    told = Message.objects.get()
    assert (told.recipient, "Why: Half term." in told.text) == ("b@example.org", True)
    change = ClosingChange.objects.get()
    assert (change.after, change.reason, change.made_by) == (later, "Half term.", runner)
    with pytest.raises(ValidationError, match="anyway: choose a later closing time"):
        extend_wave(draft, until=later, reason="Again.", by=runner, now=now)
    assert ann.email not in Message.objects.values_list("recipient", flat=True)

    silent, opened = Return.objects.get(board=barnet), Wave.objects.get()
    assert close_page(life_of(opened, now=now)).notes[0].startswith("1 of 2 returns are not submitted.")
    decide_outcome(silent, disposition="not_eligible", reason="It had merged.", by=runner, now=now)
    assert close_page(life_of(opened, now=now)).notes[0].startswith("0 of 1 returns are not submitted.")
    assert extend_wave(opened, until=later + timedelta(days=7), reason="Again.", by=runner, now=now) == 0


def test_a_wave_closes_early_once_and_is_then_frozen(prepared: Prepared, runner: User) -> None:
    draft, now = prepared(), timezone.now()
    with pytest.raises(NotOpen, match="is a draft"):
        close_wave(draft, reason="?", by=runner, now=now)
    open_draft(draft, by=runner, now=now)
    with pytest.raises(NothingToFreeze, match="Data are frozen once fieldwork is over"):
        freeze_data(draft, by=runner, now=now)
    assert not freeze_page(draft, may_download=False, now=now).is_ready

    later = now + timedelta(hours=1)
    close_wave(draft, reason="Purdah begins.", by=runner, now=later)

    with pytest.raises(NotOpen, match="closed on"):
        extend_wave(draft, until=later + timedelta(days=1), reason="?", by=runner, now=later)
    draft.refresh_from_db()
    assert freeze_page(draft, may_download=False, now=later).is_ready
    first, is_new = freeze_data(draft, by=runner, now=later)
    again, is_new_again = freeze_data(draft, by=runner, now=later)
    assert (first, is_new, is_new_again, FrozenExtract.objects.count()) == (again, True, False, 1)


def test_a_plan_recorded_after_closing_is_marked_exploratory(prepared: Prepared, runner: User) -> None:
    draft, now = prepared(), timezone.now()
    open_draft(draft, by=runner, now=now)
    later = now + timedelta(days=30)

    kept = record_plan(draft, plan="munro_2012", dated=later.date(), by=runner, now=later)

    assert [each.is_exploratory for each in draft.plan_records.order_by("pk")] == [False, True]
    assert len(kept.digest) == 64


def test_a_test_wave_asks_the_chosen_boards_and_needs_no_approval(prepared: Prepared, runner: User) -> None:
    draft = prepared("rehearsal", is_test=True)

    names = [step.name for step in steps_of(life_of(draft, now=timezone.now()))]
    assert not {"approvals", "plan", "test"} & set(names)
    assert open_draft(draft, by=runner, now=timezone.now()) == 1
    assert draft.returns.get().board == Board.objects.get(slug="barnet")


def test_a_test_wave_goes_with_everything_and_leaves_the_real_one_whole(prepared: Prepared, runner: User) -> None:
    now = timezone.now()
    draft = prepared("rehearsal", is_test=True)
    open_draft(draft, by=runner, now=now)
    real = wave("real", opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    ann = chair(Board.objects.get(slug="barnet"))
    for each in (draft, real):
        found = return_of("barnet", in_wave=Wave.objects.get(pk=each.pk))
        save_answers(found, Sending(0, {"C1": 1}), person=ann, now=now)
        Return.objects.filter(wave__needs_signature=True).update(awaiting_version=None)
        Wave.objects.filter(pk=each.pk).update(needs_signature=False)
        submit_return(return_of("barnet", in_wave=Wave.objects.get(pk=each.pk)), person=ann, version=1, now=now)
        invite_chairs(each, now=now)
        Message.objects.create(
            key=f"asked-{each.pk}", kind="colleague", recipient=ann.email, wave=each.slug, created_at=now
        )
    before = AuditEntry.objects.count()

    assert delete_wave(draft, by=runner, now=now) > 5

    assert list(Wave.objects.all()) == [real]
    assert [model.objects.count() for model in (Return, Save, Submission)] == [2, 1, 1]
    assert Message.objects.filter(key__startswith="invitation").count() == 1
    assert [each.key for each in Message.objects.filter(kind="colleague")] == [f"asked-{real.pk}"]
    assert AuditEntry.objects.count() == before + 1


def test_a_real_wave_that_opened_is_never_deleted(runner: User) -> None:
    real = wave()

    with pytest.raises(KeptForGood, match="is a real wave and was opened"):
        delete_wave(real, by=runner, now=timezone.now())
    real.is_test = True  # in memory only: what the database holds decides
    with pytest.raises(KeptForGood):
        delete_wave(real, by=runner, now=timezone.now())

    assert real.returns.count() == 2


def test_a_draft_goes_too(prepared: Prepared, runner: User) -> None:
    delete_wave(prepared(), by=runner, now=timezone.now())

    assert not Wave.objects.exists()


def test_a_name_of_a_page_is_no_name_of_a_wave(runner: User) -> None:
    two_boards()
    with pytest.raises(ValidationError, match="There is a wave called new already"):
        start_draft("new", title="New", by=runner, now=timezone.now())


def test_the_guard_stands_in_every_statement() -> None:
    real = wave()

    for model, path in deepest_first():
        assert delete_rows(model, {path: real.pk}, f"{path}__") == 0, model
    assert delete_rows(Wave, {"pk": real.pk}, "") == 0

    assert real.returns.count() == 2
