"""Service: an edition is prepared from a checked release: the page's texts, the tables, and their files."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.digests import bytes_digest, digest_of
from accounts.models import User
from analysis.builds.kinds import Kind
from analysis.builds.models import BuildState
from analysis.builds.products import product_of
from analysis.core.revising import Change, changes, figures_in, largest, revised, uncovered
from analysis.core.table import Table
from analysis.core.table_record import read_all
from analysis.covering import covered
from analysis.disclosing.builds import RELEASE_PDF, RELEASE_WEB
from analysis.disclosing.models import Release
from analysis.disclosing.packing import as_kept, pack
from analysis.planning import plan_of
from analysis.publishing.models import Edition, Publication, Wording
from analysis.publishing.refusals import NotReady
from analysis.publishing.standing import Standing
from analysis.publishing.starting import still_there
from analysis.publishing.wording import Page, page_texts
from respondents.fieldwork.drafting import lock_wave

PREPARED = declare("edition.prepared", "Prepared an edition of a publication")


@transaction.atomic
def prepare_edition(
    publication: Publication, *, release: Release, what: str = "", why: str = "", by: User, now: datetime
) -> Edition:
    """Keeps everything that the page will show. Once something is out, this is a correction and says what and why.

    Raises NotReady where the release was not checked or no words are written, ValidationError without what and why.
    """
    lock_wave(publication.wave)
    found = still_there(publication)
    wording = _wording(publication, release)
    before = _before(found, now=now)
    if before and not (what and why):
        raise ValidationError({"what" if not what else "why": "Say what is corrected, and why: the page shows both"})
    edition = _edition(found, release, wording, before=before, now=now)
    edition.what, edition.why = (what, why) if before else ("", "")
    edition.prepared_by = by
    edition.save()
    detail = {"edition": edition.number, "release": release.number, "digest": edition.digest, "what": what, "why": why}
    record(PREPARED, by=by, subject=edition, wave=publication.wave.slug, detail=detail, now=now)
    return edition


def size_words(found: Sequence[Change], *, figures: int) -> str:
    """How much changed, for a reader."""
    if not found:
        return "No figure in the tables changed."
    counts, percents = largest(found, measure="count"), largest(found, measure="percent")
    verb = "figure" if len(found) == 1 else "figures"
    return (
        f"{len(found):,} {verb} of {figures:,} changed. The largest change of a count is {counts:,}, "
        f"of a percentage {percents:,} {'point' if percents == 1 else 'points'}. Revised figures are marked [r]."
    )


def _wording(publication: Publication, release: Release) -> Wording:
    if release.wave_id != publication.wave_id or not release.steps.exists():
        raise NotReady(f"{release} has not been checked by a second person. Have it checked, then come back.")
    if not release.tables:
        raise NotReady(f"{release} was prepared before its tables were kept with it. Prepare a new release.")
    wording = publication.wordings.order_by("-pk").first()
    if wording is None:
        raise NotReady(f"{publication} has no summary, contact, methods or quality notes yet. Write its words first.")
    return wording


def _before(found: Standing, *, now: datetime) -> Edition | None:
    """The edition that the public sees now, whole."""
    current = found.current(now=now)
    return Edition.objects.get(pk=current.edition.pk) if current else None


def _edition(found: Standing, release: Release, wording: Wording, *, before: Edition | None, now: datetime) -> Edition:
    tables, size = read_all(release.tables), ""
    if before:
        old = read_all(before.tables)
        changed = changes(old, tables)
        _require_covered(changed)
        tables, size = revised(tables, before=old), size_words(changed, figures=figures_in(tables))
    number = len(found.editions) + 1
    report, web = _built(release, RELEASE_PDF), _built(release, RELEASE_WEB)
    page = {**page_texts(wording, release=release, tables=tables), "report": len(report), "web": len(web)}
    content = _files(found.publication, release, tables, page, number=number, now=now)
    return Edition(
        publication=found.publication,
        number=number,
        release=release,
        corrects=before,
        size=size,
        page=page,
        tables=as_kept(tables),
        content=content,
        report=report,
        web=web,
        digest=digest_of([page, as_kept(tables), bytes_digest(content), bytes_digest(report), bytes_digest(web), size]),
        prepared_at=now,
    )


def _built(release: Release, kind: Kind) -> bytes:
    """The report of the release in this form, if it was built."""
    built = release.wave.builds.filter(kind=kind.name, number=release.number, state=BuildState.DONE)
    done = built.order_by("-requested_at").first()
    return product_of(done) if done else b""


def _require_covered(changed: Sequence[Change]) -> None:
    """The disclosure audit holds this too; a correction that shows what was withheld must not come this far."""
    shown = uncovered(changed)
    if shown:
        where = ", ".join(word for word in (shown[0].row.panel, shown[0].row.label, shown[0].column.label) if word)
        raise NotReady(
            f"Table {shown[0].table.number} would show a figure that was withheld before ({where}). What was withheld "
            "stays so: decide again what may leave."
        )


def _files(
    publication: Publication, release: Release, tables: Sequence[Table], page: Page, *, number: int, now: datetime
) -> bytes:
    facts = (
        ("Publication", f"{publication}, edition {number}"),
        ("Response", " ".join([page["response"], *page["non_response"]])),
        ("Questions to", f"{page['contact']['name']}, {page['contact']['email']}"),
    )
    return pack(covered(tables, wave=release.wave, plan=plan_of(release.wave), made=now, facts=facts))
