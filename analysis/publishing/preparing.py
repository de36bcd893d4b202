"""Service: an edition is prepared from a checked release: the page's texts, the tables, and their files."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.digests import bytes_digest, digest_of
from accounts.models import User
from accounts.store.patience import take_time
from analysis.core.document import DocumentError, Template, parse
from analysis.core.revising import changes, figures_in, has_revised, revised
from analysis.core.table_record import read_all
from analysis.covering import covered
from analysis.disclosing.models import Release
from analysis.disclosing.packing import as_kept, pack
from analysis.disclosing.planned import plan_at, template_text_at
from analysis.monitoring.tallying import tally_wave
from analysis.outputs.formats import FORMATS
from analysis.publishing.correcting import correction_words, require_covered, size_words
from analysis.publishing.models import Edition, Publication, Wording
from analysis.publishing.quoted import quotes_in
from analysis.publishing.refusals import NotReady
from analysis.publishing.standing import Standing
from analysis.publishing.starting import still_there
from analysis.publishing.taking_back import require_standing, taken_back
from analysis.publishing.wording import filled, page_texts
from analysis.templating.versions import Version, used_of
from respondents.fieldwork.drafting import lock_wave
from survey.models import Wave

PREPARED = declare("edition.prepared", "Prepared an edition of a publication")


def checked_releases(wave: Wave) -> "QuerySet[Release]":
    """The releases that somebody has checked and nobody has taken back, the latest first, without what they hold."""
    kept = wave.releases.defer("content", "decisions", "tables")
    return kept.filter(steps__isnull=False).exclude(pk__in=taken_back(wave)).distinct().order_by("-number")


@transaction.atomic
def prepare_edition(
    publication: Publication, *, release: Release, what: str = "", why: str = "", by: User, now: datetime
) -> Edition:
    """Keeps everything that the page will show. Once something is out, this is a correction and says what and why.

    Raises NotReady where the release was not checked or no words are written, ValidationError without what and why,
    TakenBack where the release was withdrawn, NotSafe where it was overtaken.
    """
    take_time()
    tally_wave(lock_wave(publication.wave), now=now)
    found = still_there(publication)
    wording = _wording(publication, release)
    before = _before(found, now=now)
    if before and not (what and why):
        raise ValidationError({"what" if not what else "why": "Say what is corrected, and why: the page shows both"})
    edition = _edition(found, release, wording, before=before, now=now)
    edition.prepared_by = by
    _finish(edition, what=what, why=why)
    edition.save()
    detail = {"edition": edition.number, "release": release.number, "digest": edition.digest, "what": what, "why": why}
    record(PREPARED, by=by, subject=edition, wave=publication.wave.slug, detail=detail, now=now)
    return edition


def _wording(publication: Publication, release: Release) -> Wording:
    if release.wave_id != publication.wave_id or not release.steps.exists():
        raise NotReady(f"{release} has not been checked by a second person. Have it checked, then come back.")
    require_standing(release)
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
        require_covered(changed)
        tables = revised(tables, before=old)
        size = size_words(changed, figures=figures_in(tables), is_marked=has_revised(tables))
    text = used_of(release.wave, came=template_text_at(release))
    template = _readable(text)
    page = page_texts(wording, release=release, tables=tables, template=template, now=now)
    return Edition(
        publication=found.publication,
        number=len(found.editions) + 1,
        release=release,
        corrects=before,
        size=size,
        page=page,
        tables=as_kept(tables),
        text_version=text.number,
        text_digest=bytes_digest(text.text.encode()),
        quotes=quotes_in(filled(release, tables, template=template, now=now), release.wave, at=now),
        prepared_at=now,
    )


def _readable(text: Version) -> Template:
    """NotReady where the text cannot be read: one that came with a plan was examined by nobody."""
    try:
        return parse(text.text)
    except DocumentError as error:
        raise NotReady(
            f"Version {text.number} of the report’s text cannot be read: {error.problems[0]} Mend it under Text of the "
            "report, then prepare the edition."
        ) from None


def _finish(edition: Edition, *, what: str, why: str) -> None:
    """The files say what was corrected and why, so they are made last."""
    edition.what, edition.why = (what, why) if edition.corrects else ("", "")
    edition.content = _files(edition)
    edition.page = {**edition.page, "formats": list(FORMATS)}
    told = [edition.page, edition.tables, edition.size, edition.what, edition.why, edition.text_digest, edition.quotes]
    edition.digest = digest_of([*told, bytes_digest(edition.content)])


def _files(edition: Edition) -> bytes:
    release, page, corrected = edition.release, edition.page, correction_words(edition)
    facts = (
        ("Publication", f"{edition.publication}, edition {edition.number}"),
        *((("Correction", corrected),) if corrected else ()),
        ("Response", " ".join([page["response"], *page["non_response"]])),
        ("Questions to", f"{page['contact']['name']}, {page['contact']['email']}"),
    )
    tables = read_all(edition.tables)
    return pack(covered(tables, wave=release.wave, plan=plan_at(release), made=edition.prepared_at, facts=facts))
