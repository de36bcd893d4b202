"""What the releases of a wave have told the public, for whatever leaves after them."""

from collections.abc import Iterable

from analysis.core.release.earlier import Earlier
from analysis.core.release.record import as_earlier
from analysis.disclosing.models import Release, ReleaseState
from analysis.milestones.models import FrozenExtract
from survey.models import Wave


def released(wave: Wave) -> tuple[Release, ...]:
    """Those that were released, in order."""
    return tuple(wave.releases.defer("content").filter(steps__state=ReleaseState.RELEASED).order_by("number"))


def release_awaited(wave: Wave) -> str:
    """What must come before anything can be made from the last release; nothing where there is one."""
    if wave.releases.filter(steps__state=ReleaseState.RELEASED).exists():
        return ""
    return (
        "Nothing of this wave has been released yet. First decide what may leave, prepare a release there, and have it "
        "checked by a second person; it counts as released once it is published."
    )


def released_or_coming(wave: Wave, *, plan: str) -> tuple[Release, ...]:
    """Those that were released, and the last that was prepared where its audit may still pass; `plan` is a digest."""
    out = released(wave)
    last = wave.releases.defer("content").order_by("-number").first()
    may_come = last and last not in out and last.plan == plan and last.after == [each.number for each in out]
    return (*out, last) if last and may_come else out


def told_by(releases: Iterable[Release]) -> tuple[Earlier, ...]:
    """What each of them shows and hides; those of the same answers are known by that, whatever was decided since."""
    kept = tuple(releases)
    frozen = FrozenExtract.objects.filter(digest__in={each.extract for each in kept}).exclude(data="")
    data = dict(frozen.values_list("digest", "data"))
    return tuple(
        as_earlier(each.decisions, number=each.number, extract=data.get(each.extract, each.extract)) for each in kept
    )
