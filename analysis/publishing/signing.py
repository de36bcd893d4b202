"""Services: a second person signs an edition off, after which the clock decides; a publication is taken back."""

from datetime import datetime

from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from accounts.refusals import Overtaken
from analysis.builds.models import BuildState
from analysis.core.table_record import read_all
from analysis.disclosing.models import Release, ReleaseState
from analysis.disclosing.planned import plan_at
from analysis.disclosing.releasing import audit_again, let_go
from analysis.publishing.builds import FORMS
from analysis.publishing.checks import FAILS, LOOK, PASSES, Check, page_checks, table_checks
from analysis.publishing.models import Edition, Publication, SignOff, Withdrawal
from analysis.publishing.moments import is_imminent, is_late
from analysis.publishing.quoted import hold_quotes, lost_of, lost_words
from analysis.publishing.refusals import NotReady, OutAlready, OwnWork, SignedAlready
from analysis.publishing.reporting import keep_reports, reports_of
from analysis.publishing.standing import Standing
from analysis.publishing.starting import still_there
from analysis.publishing.taking_back import require_standing
from respondents.fieldwork.drafting import lock_wave
from survey.counting import counted
from survey.moments import moment_in_words

SIGNED = declare("edition.signed", "Signed an edition off for publication")
WITHDREW = declare("publication.withdrawn", "Withdrew a publication")


@transaction.atomic
def sign_off(edition: Edition, *, by: User, now: datetime) -> SignOff:
    """A second person answers for the edition; its release is audited once more and counts as known from now on.

    Raises OwnWork, SignedAlready, NotReady where a check fails, Overtaken where something has come between,
    TakenBack where its release was withdrawn, NotSafe from the audit.
    """
    lock_wave(edition.publication.wave)
    found = still_there(edition.publication)
    if by == edition.prepared_by:
        raise OwnWork(f"You prepared edition {edition.number}. Ask somebody else of the team to sign it off.")
    if SignOff.objects.filter(edition=edition).exists():
        raise SignedAlready(f"{edition} has been signed off by somebody else in the meantime.")
    _require_timely(edition, found, now=now)
    hold_quotes(edition)
    _require_checks(edition, found)
    _let_go(edition.release, by=by, now=now)
    files = keep_reports(edition)
    kept = SignOff.objects.create(edition=edition, by=by, at=now)
    detail = {
        "edition": edition.number,
        "digest": edition.digest,
        "corrects": bool(edition.corrects_id),
        "text": edition.text_version,
        "files": files,
    }
    record(SIGNED, by=by, subject=edition, wave=edition.publication.wave.slug, detail=detail, now=now)
    return kept


@transaction.atomic
def withdraw(publication: Publication, *, reason: str, by: User, now: datetime) -> Withdrawal:
    """Takes back what is out: the page stays and gives the reason, the tables are shown no more."""
    lock_wave(publication.wave)
    found = still_there(publication)
    if not found.is_out(now=now):
        raise NotReady(f"{publication} is not out. Move its day instead, or leave it unsigned.")
    kept = Withdrawal.objects.create(publication=publication, reason=reason, by=by, at=now)
    record(WITHDREW, by=by, subject=publication, wave=publication.wave.slug, detail={"reason": reason}, now=now)
    return kept


def checks_of(edition: Edition, found: Standing) -> tuple[Check, ...]:
    """Every check of an edition, in the order of the page."""
    tables, plan = read_all(edition.tables), plan_at(edition.release)
    return (
        *table_checks(tables, release=edition.release, plan=plan),
        *page_checks(edition.page),
        _quoted(edition),
        _reported(edition),
        _twelve_weeks(found),
    )


def _quoted(edition: Edition) -> Check:
    """Whether each quote is still permitted: what was read is printed, and a board may have changed its mind (M62)."""
    name, lost = "Quotes", lost_of(edition)
    if lost:
        return Check(name, FAILS, lost_words(edition, lost))
    if not edition.quotes:
        return Check(name, PASSES, "The report prints none.")
    return Check(name, PASSES, f"{counted(len(edition.quotes), 'quote')}, permitted by the board and approved.")


def _reported(edition: Edition) -> Check:
    """Whether there is a report to come out with it; a correction must not come out with less than what it corrects."""
    name, built = "Report", reports_of(edition)
    done = [form for form, build in built.items() if build.state == BuildState.DONE]
    if len(done) == len(FORMS):
        return Check(name, PASSES, f"It says version {edition.text_version} of the report’s text, in every form.")
    if any(build.is_under_way for build in built.values()):
        wait = "Wait until it is ready, and read it before you sign."
        return Check(name, FAILS, "A worker is building it.", is_under_way=True, way_out=wait)
    build = "Have it built on the edition’s page"
    if done:
        return Check(
            name, FAILS, f"It was built in some of its forms only: {', '.join(sorted(done))}.", way_out=f"{build}."
        )
    lacks = f"It was not built. {build}"
    if edition.corrects and edition.corrects.files.exists():
        words = f"{lacks}: the edition that this corrects came out with a report."
        return Check(name, FAILS, words, way_out="Then sign.")
    return Check(name, LOOK, f"{lacks}, or the page comes out without one.")


def _twelve_weeks(found: Standing) -> Check:
    name, announced = "Within twelve weeks of the final draft", found.announced
    draft = found.editions[0].prepared_at
    if announced is None:
        return Check(name, LOOK, f"It is not announced yet. The first draft is of {moment_in_words(draft)}.")
    if not is_late(announced.moment, draft=draft):
        return Check(name, PASSES, f"The first draft is of {moment_in_words(draft)}.")
    if announced.late_reason:
        return Check(name, PASSES, f"It is later; the page says why: {announced.late_reason}")
    return Check(name, FAILS, "It is later, and no reason is recorded. Record it with the announced day.")


def _require_timely(edition: Edition, found: Standing, *, now: datetime) -> None:
    """Nothing comes out between two mornings, and nothing that was overtaken."""
    if edition.number != found.editions[-1].number:
        raise Overtaken(f"Edition {found.editions[-1].number} was prepared after edition {edition.number}. Sign that.")
    current = found.current(now=now)
    if edition.corrects_id is None and current:
        raise OutAlready(f"{edition.publication} is out. Prepare this edition again: it is then a correction.")
    if edition.corrects_id and (current is None or edition.corrects_id != current.edition.pk):
        raise Overtaken(f"Another correction came out since edition {edition.number} was prepared. Prepare it again.")
    if edition.corrects_id is None and found.moment and found.moment <= now:
        passed = moment_in_words(found.moment)
        raise NotReady(f"The announced moment has passed: {passed}. Announce another day, with the reason.")
    if edition.corrects_id is None and found.moment and is_imminent(found.moment, now=now):
        raise NotReady(
            f"{edition.publication} is to come out in less than two minutes: {moment_in_words(found.moment)}. "
            "A first edition is signed off earlier than that. Once the moment has passed, announce another day; "
            "or correct the edition that is out."
        )


def _require_checks(edition: Edition, found: Standing) -> None:
    failing = next((each for each in checks_of(edition, found) if each.fails), None)
    if failing:
        raise NotReady(f"{failing.name}: {failing.words} {failing.way_out}")


def _let_go(release: Release, *, by: User, now: datetime) -> None:
    """What is signed off counts as known to the public, so that no later release gives it away; audited each time."""
    require_standing(release)
    if release.steps.filter(state=ReleaseState.RELEASED).exists():
        audit_again(release, now=now)
    else:
        let_go(release, by=by, now=now)
