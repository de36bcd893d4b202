"""Append-only rows: even SQL that goes round the models is refused by the database."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from accounts.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import AuditEntry, User
from analysis.comparators.models import Comparator, ComparatorWithdrawal
from analysis.disclosing.models import Release, ReleaseChoice, ReleaseStep
from analysis.exploring.models import CopyTaken, SavedTable
from analysis.house_style.models import HouseStyleVersion
from analysis.milestones.models import FrozenExtract, KeptPlan, PlanRecord
from analysis.opentext.models import (
    Adjudication,
    CoderDone,
    Coders,
    Coding,
    FrameVersion,
    LocalName,
    Quote,
    QuoteStep,
    Redaction,
)
from analysis.pictures.models import KeptPicture
from analysis.publishing.models import (
    CalendarEntry,
    EarlyAccess,
    EarlyAccessEnd,
    Edition,
    EditionFile,
    Publication,
    SignOff,
    Withdrawal,
    Wording,
)
from analysis.reports.models import Announcement
from analysis.templating.models import ReportPicture, ReportText
from respondents.backups.models import Backup, RestoreCheck
from respondents.contacts.models import ContactEntry, OutcomeDecision, TemplateVersion
from respondents.correspondence.models import Feedback, Query, QueryStep, TeamMessage
from respondents.fieldwork.models import ApprovalOverride, ClosingChange
from respondents.register.history import ChangeKind, RegisterChange, Subject
from respondents.returns.attribution import Attribution
from respondents.returns.extension import Extension
from respondents.returns.models import Return, Save, Submission
from respondents.returns.reopening import Reopening
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from respondents.together.models import Comment, Consultation, Handback, Transfer
from survey.models import DocumentDraft, QuestionnaireVersion, Wave
from tests.builders import NOW, chair, return_of, wave

APPEND_ONLY = [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]


@pytest.mark.pure
@pytest.mark.parametrize("model", APPEND_ONLY)
def test_every_append_only_model_reads_through_an_append_only_queryset(model: type[AppendOnlyModel]) -> None:
    assert isinstance(model._default_manager.none(), AppendOnlyQuerySet)


@pytest.mark.pure
def test_the_append_only_models_are_known() -> None:
    assert set(APPEND_ONLY) == {
        *(QuestionnaireVersion, Save, Submission, Reopening, Extension, Attribution),
        *(Comment, Consultation, Handback, Transfer),
        *(TeamMessage, Query, QueryStep, Feedback, AuditEntry, RegisterChange),
        *(ContactEntry, OutcomeDecision, TemplateVersion),
        *(Comparator, ComparatorWithdrawal, Backup, RestoreCheck),
        *(HouseStyleVersion, KeptPicture, ReportPicture),
        *(Release, ReleaseChoice, ReleaseStep, Announcement, ReportText),
        *(ApprovalOverride, ClosingChange, KeptPlan, PlanRecord, FrozenExtract, DocumentDraft),
        *(SavedTable, CopyTaken, LocalName),
        *(Publication, CalendarEntry, Wording, Edition, EditionFile, SignOff, Withdrawal),
        *(EarlyAccess, EarlyAccessEnd),
        *(FrameVersion, Coders, CoderDone, Coding, Adjudication, Redaction, Quote, QuoteStep),
    }


def granted_to(found: Return, ann: User) -> None:
    later = NOW + timedelta(days=1)
    Reopening.objects.create(survey_return=found, sections=["A"], until=later, reason="?", asked_by=ann, granted_at=NOW)
    Extension.objects.create(survey_return=found, was=NOW, until=later, reason="?", granted_by=ann, granted_at=NOW)
    Attribution.objects.create(
        duplicate=found, survey_return=found, settled="apart", reason="?", made_by=ann, made_at=NOW
    )


def life_of_a_wave(of: Wave, ann: User) -> None:
    Backup.objects.create(name="b", made_at=NOW, seconds=1, size=1, digest="d", root="r", submissions=1)
    RestoreCheck.objects.create(checked_at=NOW, seconds=1)
    moved = {"before": NOW, "after": NOW, "reason": "?", "made_by": ann, "made_at": NOW}
    ClosingChange.objects.create(wave=of, kind="extended", **moved)
    KeptPlan.objects.create(name="p", files={}, digest="d")
    PlanRecord.objects.create(wave=of, plan="p", digest="d", questionnaire="q", dated=NOW, recorded_at=NOW)
    frozen = {"rows": 0, "content": b"", "digest": "d", "response": {}}
    FrozenExtract.objects.create(wave=of, number=1, **frozen, frozen_by=ann, frozen_at=NOW)
    released = Release.objects.create(
        wave=of, number=1, decisions={}, after=[], content=b"", digest="d", prepared_by=ann, prepared_at=NOW
    )
    ReleaseStep.objects.create(release=released, state="checked", by=ann, at=NOW)
    logo = KeptPicture.objects.create(
        digest="0" * 64, content=b"?", kind="png", width=1, height=1, kept_by=ann, kept_at=NOW
    )
    HouseStyleVersion.objects.create(
        number=1, main="#000000", accent="#FFFFFF", changed_by=ann, changed_at=NOW, logo=logo
    )
    ReportPicture.objects.create(wave=of, name="map", picture=logo, words="?", added_by=ann, added_at=NOW)
    ReportText.objects.create(wave=of, number=1, text="?", problems=0, written_by=ann, written_at=NOW)
    Announcement.objects.create(release=released, letters=1, at=NOW)
    ReleaseChoice.objects.create(wave=of, kind="smallest", value="5", reason="?", made_by=ann, made_at=NOW)
    CopyTaken.objects.create(wave=of, specification={}, output_format="csv", told=[], taken_by=ann, taken_at=NOW)
    SavedTable.objects.create(wave=of, title="?", specification={}, saved_by=ann, saved_at=NOW)
    DocumentDraft.objects.create(text="?", saved_by=ann, saved_at=NOW)
    beside = Comparator.objects.create(
        wave=of, scale=[], lines=[], places=[], left_out=[], imported_by=ann, imported_at=NOW
    )
    ComparatorWithdrawal.objects.create(comparator=beside, reason="?", withdrawn_by=ann, withdrawn_at=NOW)


def publication_of(of: Wave, ann: User) -> None:
    out = Publication.objects.create(wave=of, slug="p", title="?", started_by=ann, started_at=NOW)
    CalendarEntry.objects.create(publication=out, moment=NOW, made_by=ann, made_at=NOW)
    Wording.objects.create(publication=out, contact_email="a@example.org", written_by=ann, written_at=NOW)
    edition = Edition.objects.create(
        publication=out,
        number=1,
        release=Release.objects.get(),
        page={},
        tables=[],
        content=b"",
        digest="d",
        prepared_by=ann,
        prepared_at=NOW,
    )
    EditionFile.objects.create(edition=edition, form="pdf", content=b"", size=0, digest="d")
    SignOff.objects.create(edition=edition, by=ann, at=NOW)
    Withdrawal.objects.create(publication=out, reason="?", by=ann, at=NOW)
    early = EarlyAccess.objects.create(publication=out, kind="early", person=ann, given_by=ann, given_at=NOW)
    EarlyAccessEnd.objects.create(access=early, by=ann, at=NOW)


def coding_of(found: Return, ann: User) -> None:
    made = {"made_by": ann, "made_at": NOW}
    of_item = {"wave": found.wave, "item": "G1"} | made
    of_answer = {"survey_return": found, "item": "G1", "text_digest": "d"} | made
    frame = FrameVersion.objects.create(number=1, codes=[], change="?", **of_item)
    Coders.objects.create(first=ann, second=ann, **of_item)
    CoderDone.objects.create(coder=ann, **of_item)
    coding = Coding.objects.create(frame=frame, applied=[], **of_answer)
    Adjudication.objects.create(first=coding, second=coding, applied=[], reason="?", **of_answer)
    redaction = Redaction.objects.create(text="?", edits=[], **of_answer)
    quote = Quote.objects.create(redaction=redaction, text="?", reason="?", **of_answer)
    LocalName.objects.create(wave=found.wave, words="?", **made)
    QuoteStep.objects.create(quote=quote, kind="approved", reason="?", **made)


@pytest.mark.django_db
@pytest.mark.parametrize("model", APPEND_ONLY)
def test_the_database_refuses_an_update(model: type[AppendOnlyModel]) -> None:
    found = return_of("barnet", in_wave=wave())
    assert found.board is not None
    ann = chair(found.board)
    save_answers(found, Sending(0, {"C1": 1}), person=ann, now=NOW)
    sent = submit_return(found, person=ann, version=1, now=NOW)
    assert isinstance(sent, Submission)
    Comment.objects.create(survey_return=found, section="A", text="?", written_by=ann, written_at=NOW)
    Consultation.objects.create(survey_return=found, section="A", consulted=[], recorded_by=ann, recorded_at=NOW)
    Handback.objects.create(survey_return=found, section="A", is_ready=True, marked_by=ann, marked_at=NOW)
    Transfer.objects.create(board=found.board, survey_return=found, to_person=ann, reason="?", made_by=ann, made_at=NOW)
    granted_to(found, ann)
    TeamMessage.objects.create(survey_return=found, is_from_team=True, text="?", written_by=ann, written_at=NOW)
    RegisterChange.objects.create(subject=Subject.BOARD, key=1, about="?", kind=ChangeKind.ADDED, at=NOW, by=ann)
    record(declare("test.done", "Did something"), by=ann, subject=found, now=NOW)
    query = Query.objects.create(survey_return=found, item="C1", text="?", asked_by=ann, asked_at=NOW)
    QueryStep.objects.create(query=query, state="answered", made_by=ann, made_at=NOW)
    ContactEntry.objects.create(survey_return=found, kind="call", came_of_it="spoke", by=ann, at=NOW)
    TemplateVersion.objects.create(
        wave=found.wave, kind="thanks", subject="?", text="?", written_by=ann, written_at=NOW
    )
    OutcomeDecision.objects.create(survey_return=found, disposition="partial", reason="?", by=ann, at=NOW)
    Feedback.objects.create(
        survey_return=found, submission=sent, person=ann, answered_as="chair", minutes=90, given_at=NOW
    )
    life_of_a_wave(found.wave, ann)
    publication_of(found.wave, ann)
    coding_of(found, ann)

    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET id = id")
