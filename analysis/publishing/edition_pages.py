"""What the team's page of an edition says: as the public will see it, with its report, its checks and its sign-off."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from accounts.models import User
from analysis.builds.models import Build, BuildState
from analysis.publishing.builds import FORMS
from analysis.publishing.checks import Check
from analysis.publishing.ground import Ground
from analysis.publishing.models import Edition
from analysis.publishing.public.finding import Found
from analysis.publishing.public.pages import Link, PublicationPage, publication_page
from analysis.publishing.reporting import reports_of, signed_reports_of
from analysis.publishing.standing import Out, sign_off_of
from survey.models import Wave
from survey.moments import moment_in_words

TEAM = "This is how the public will see it. It is for the team until its moment."
NAMES = {"pdf": "Report (PDF, {})", "docx": "Report (Word, {})"}


@dataclass(frozen=True)
class Fact:
    """One thing that the edition was made from."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class ReportPart:
    """How far the report of the edition is: its files, what is known of them, the way to have it built."""

    files: tuple[Link, ...]
    words: str
    is_under_way: bool
    build_url: str


@dataclass(frozen=True)
class EditionPage:
    """An edition as it would be seen, its checks, and whether this reader may sign it."""

    wave: Wave
    title: str
    words: str
    facts: tuple[Fact, ...]
    report: ReportPart
    checks: tuple[Check, ...]
    shown: PublicationPage
    sign_url: str
    back_url: str


def edition_page(ground: Ground, *, reader: User) -> EditionPage | None:
    """The last edition as the public would see it; nothing while there is none."""
    edition, standing = ground.edition, ground.standing
    if edition is None:
        return None
    address: list[object] = [ground.wave.slug, standing.publication.pk]
    signed, is_own = sign_off_of(edition), reader == edition.prepared_by
    moment = standing.moment if standing.moment and not edition.corrects_id else ground.now
    report = _signed_report(edition, address) if signed else _report(edition, reports_of(edition), address)
    may_sign = not (signed or is_own or report.is_under_way)
    return EditionPage(
        wave=ground.wave,
        title=f"Edition {edition.number}",
        words=_words(edition, is_own=is_own),
        facts=tuple(_facts(edition)),
        report=report,
        checks=ground.checks,
        shown=publication_page(
            Found(standing, Out(edition, moment)), now=ground.now, embargo=TEAM, place=partial(_part, address)
        ),
        sign_url=reverse("publishing:sign", args=[*address, edition.number]) if may_sign else "",
        back_url=reverse("publishing:workflow", args=address),
    )


def _words(edition: Edition, *, is_own: bool) -> str:
    signed = sign_off_of(edition)
    if signed:
        return f"Signed off by {signed.by} on {moment_in_words(signed.at)}."
    if is_own:
        return "You prepared it. Somebody else of the team reads it and signs it off."
    return "Not signed off yet."


def _facts(edition: Edition) -> Iterator[Fact]:
    slug = edition.release.wave.slug
    release = reverse("disclosing:release", args=[slug, edition.release.number])
    yield Fact("Tables", f"Release {edition.release.number}", release)
    text = reverse("templating:version", args=[slug, edition.text_version])
    came = " (came with the plan)" if edition.text_version == 0 else ""
    yield Fact("Text of the report", f"Version {edition.text_version}{came}", text)
    yield Fact("Prepared", f"{edition.prepared_by}, {moment_in_words(edition.prepared_at)}")


def _report(edition: Edition, built: Mapping[str, Build], address: list[object]) -> ReportPart:
    """Files are taken from where they are built, so that each copy is noted there."""
    done = {form: build for form, build in built.items() if build.state == BuildState.DONE}
    is_under_way = any(build.is_under_way for build in built.values())
    may_build = not (is_under_way or len(done) == len(FORMS))
    return ReportPart(
        files=tuple(_files(done, address)),
        words=_report_words(built, is_under_way=is_under_way),
        is_under_way=is_under_way,
        build_url=reverse("publishing:build", args=[*address, edition.number]) if may_build else "",
    )


def _signed_report(edition: Edition, address: list[object]) -> ReportPart:
    """The files that were read and signed off; what was built later is none of the edition's."""
    words = "As it was signed off." if edition.files.exists() else "It was signed off without one."
    files = tuple(_files(signed_reports_of(edition), address))
    return ReportPart(files, words, is_under_way=False, build_url="")


def _report_words(built: Mapping[str, Build], *, is_under_way: bool) -> str:
    if is_under_way:
        return "A worker is building it. You may read on: only this part and the checks below change when it is ready."
    if not built:
        return "It has not been built."
    failed = [build for build in built.values() if build.state != BuildState.DONE]
    return " ".join(f"{FORMS[form].words}: {build.doing}" for form, build in built.items() if build in failed)


def _files(done: Mapping[str, Build], address: list[object]) -> Iterator[Link]:
    if "html" in done:
        yield Link("Report as a web page", reverse("publishing:reading", args=address))
    for form, words in NAMES.items():
        if form in done:
            build = done[form]
            url = reverse("builds:download", args=[build.wave.slug, build.pk])
            yield Link(words.format(filesizeformat(build.size or 0)), url)


def _part(address: list[object], kind: str, name: str) -> str:
    """The team reads tables here, and opens every file that will be handed out."""
    return reverse(f"publishing:{kind}", args=[*address, name]) if kind in {"table", "file"} else ""
