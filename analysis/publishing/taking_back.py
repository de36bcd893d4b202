"""Whether files of a release may still be taken away: asked each time, since what was built before stays."""

from analysis.builds.models import Build
from analysis.disclosing.models import Release, ReleaseState, ReleaseStep
from analysis.disclosing.standing import require_current
from analysis.publishing.models import Edition, Withdrawal
from analysis.publishing.refusals import TakenBack
from survey.models import Wave
from survey.moments import moment_in_words

OF_THE_LAST = "released_"  # how kinds of builds are called that are made from the release that was the last


def taken_back(wave: Wave) -> set[int]:
    """The releases that every publication that showed them has withdrawn, by key."""
    shown = Edition.objects.filter(release__wave=wave, sign_off__isnull=False)
    withdrawn = {*shown.exclude(publication__withdrawal=None).values_list("release", flat=True)}
    return withdrawn - {*shown.filter(publication__withdrawal=None).values_list("release", flat=True)}


def require_standing(release: Release) -> None:
    """TakenBack once every publication that showed it was withdrawn; NotSafe where it was overtaken before it left."""
    shown = Edition.objects.filter(release=release, sign_off__isnull=False)
    withdrawal = Withdrawal.objects.filter(publication__editions__in=shown).order_by("-at").first()
    if withdrawal and not shown.filter(publication__withdrawal=None).exists():
        raise TakenBack(
            f"{release} was withdrawn with “{withdrawal.publication}” on {moment_in_words(withdrawal.at)}: "
            f"{withdrawal.reason} No file of it is handed out any more. Its figures stay on the page of the release."
        )
    require_current(release)


def require_build_standing(build: Build) -> None:
    """The same for the release that a build was made from."""
    release = _release_of(build)
    if release:
        require_standing(release)


def _release_of(build: Build) -> Release | None:
    releases = build.wave.releases.defer("content", "tables")
    if build.number is not None:
        return releases.filter(number=build.number).first()
    if not build.kind.startswith(OF_THE_LAST) or build.finished_at is None:
        return None
    let_go = ReleaseStep.objects.filter(state=ReleaseState.RELEASED, at__lte=build.finished_at)
    return releases.filter(steps__in=let_go).order_by("-number").first()
