"""Services: the report of an edition is asked for, gathered from the edition alone, and kept when it is signed off."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import accumulate

from django.http import Http404

from accounts.digests import bytes_digest
from accounts.models import User
from analysis.builds.models import Build, BuildState
from analysis.builds.products import product_of
from analysis.builds.requesting import Ring, request_build
from analysis.core.document import Template, fill, parse
from analysis.core.document.blocks import Cover, Document, Heading, Notice, Words
from analysis.core.table_record import read_all
from analysis.disclosing.packing import PROTECTED
from analysis.disclosing.planned import template_text_at
from analysis.disclosing.reporting import sources_of_release
from analysis.house_style.standing import dressed, house_at, house_for_build
from analysis.outputs.report_material import material_of
from analysis.outputs.report_pdf import STEPS
from analysis.publishing.builds import FORMS
from analysis.publishing.correcting import correction_reasons, correction_size
from analysis.publishing.models import Edition, EditionFile
from analysis.publishing.public.finding import report_of
from analysis.publishing.quoted import quotes_of_edition
from analysis.publishing.refusals import NotReady
from analysis.publishing.standing import sign_off_of
from analysis.templating.versions import version_or_404

ON_COVER = 300  # characters
Progress = Callable[[str, int, int], None]


def request_reports(edition: Edition, *, person: User, now: datetime, ring: Ring) -> None:
    """Asks for the report of the edition in every form, unless a worker is at it already."""
    wave, number, subject = edition.publication.wave, edition.release.number, subject_of(edition)
    for kind in FORMS.values():
        request_build(wave, kind=kind, number=number, subject=subject, person=person, now=now, ring=ring)


def gather_edition(build: Build, progress: Progress, *, now: datetime) -> Document:
    """What the report of the build's edition says: its own tables, in the text that it was prepared with."""
    progress("Counting answers", 1, STEPS)
    slug, _, number = build.subject.rpartition("-edition-")
    kept = Edition.objects.defer("content").select_related("release__wave", "publication", "corrects")
    edition = kept.get(publication__slug=slug, publication__wave=build.wave, number=number)
    Build.objects.filter(pk=build.pk).update(text_version=edition.text_version)
    house_for_build(build, at=edition.prepared_at)
    return document_of_edition(edition)


def document_of_edition(edition: Edition) -> Document:
    """The report of an edition: the same however often and whenever it is made."""
    tables = read_all(edition.tables)
    sources = sources_of_release(edition.release, now=edition.prepared_at, tables=tables)
    material = material_of(
        replace(sources, audience=f"Edition {edition.number}. {PROTECTED}", quotes=quotes_of_edition(edition))
    )
    document = fill(_template(edition), replace(material, cover=_cover(material.cover, edition)))
    return dressed(_with_reasons(document, edition), house_at(edition.prepared_at))


def reports_of(edition: Edition) -> dict[str, Build]:
    """The last build of the report in each form that is good or under way, else the last one; without its file."""
    return dict(sorted(_builds(edition), key=lambda each: _counts(each[1])))


def signed_reports_of(edition: Edition) -> dict[str, Build]:
    """Those builds whose files were kept when the edition was signed off, whatever was built later."""
    kept = dict(edition.files.values_list("form", "digest"))
    done = ((form, build) for form, build in _builds(edition) if build.state == BuildState.DONE)
    return {form: build for form, build in done if build.digest == kept.get(form)}


def article_of(edition: Edition) -> str:
    """The web page of its report: as it was signed off, or else as it was built last; Http404 if there is none."""
    if sign_off_of(edition):
        return report_of(edition, form="html").decode()
    build = reports_of(edition).get("html")
    if build is None or build.state != BuildState.DONE:
        raise Http404
    return product_of(build).decode()


def _builds(edition: Edition) -> Iterator[tuple[str, Build]]:
    """All builds of its report, each with its form, the last one last."""
    kinds = {kind.name: form for form, kind in FORMS.items()}
    builds = edition.publication.wave.builds.filter(kind__in=kinds, subject=subject_of(edition)).defer("content")
    return ((kinds[build.kind], build) for build in builds.order_by("requested_at"))


def _counts(build: Build) -> bool:
    """A build that failed or was cancelled takes nothing away from a good one."""
    return build.is_under_way or build.state == BuildState.DONE


def keep_reports(edition: Edition) -> Mapping[str, str]:
    """Keeps what was built as the edition's own, and says the digest of each; NotReady while a worker is at it."""
    built = reports_of(edition)
    if any(build.is_under_way for build in built.values()):
        raise NotReady(f"A worker is still building the report of edition {edition.number}. Read it first, then sign.")
    done = {form: build for form, build in built.items() if build.state == BuildState.DONE}
    for form, build in done.items():
        content = product_of(build)
        EditionFile.objects.create(edition=edition, form=form, content=content, size=len(content), digest=build.digest)
    return {form: build.digest for form, build in done.items()}


def subject_of(edition: Edition) -> str:
    """By what its builds know it, and what its files are called."""
    return f"{edition.publication.slug}-edition-{edition.number}"


def _template(edition: Edition) -> Template:
    """The text that the edition was prepared with; NotReady if it came with the software, which has another now."""
    number, release = edition.text_version, edition.release
    text = version_or_404(release.wave, number).text if number else template_text_at(release)
    if bytes_digest(text.encode()) != edition.text_digest:
        raise NotReady(f"The text that edition {edition.number} was prepared with has changed. Prepare it again.")
    return parse(text)


def _cover(cover: Cover, edition: Edition) -> Cover:
    """With whom to ask, who decided, and what is corrected (M96, M97)."""
    contact, corrected = edition.page["contact"], correction_size(edition)
    asked = f"Questions to {contact['name']}, {contact['email']}"
    notices = (corrected, *cover.notices) if corrected else cover.notices
    return replace(cover, lines=(*cover.lines, asked, _first(edition.page["independence"])), notices=notices)


def _first(text: str) -> str:
    """As many whole sentences of it as a cover has room for, at least one."""
    sentences = re.split(r"(?<=[.!?])\s+", " ".join(text.split()))
    ends = [len(each) for each in accumulate(sentences, "{} {}".format)]
    return " ".join(sentences[: max(1, sum(end <= ON_COVER for end in ends))])


def _with_reasons(document: Document, edition: Edition) -> Document:
    """What was wrong stands at the head of the first chapter."""
    reasons = correction_reasons(edition)
    if not reasons:
        return document
    place = next((at for at, block in enumerate(document.blocks, 1) if isinstance(block, Heading)), 0)
    notice = Notice((Words(reasons),))
    return replace(document, blocks=(*document.blocks[:place], notice, *document.blocks[place:]))
