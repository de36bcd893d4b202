"""Whether a release that was not let go could still be: not once another came, or somebody chose otherwise."""

from analysis.disclosing.models import Release, ReleaseState
from analysis.disclosing.refusals import NotSafe
from analysis.disclosing.released import released

AGAIN = "Prepare a new one: this one stays as it is."


def require_current(release: Release) -> None:
    """NotSafe for one that was prepared and not let go, and was overtaken since; what was let go stands."""
    if release.steps.filter(state=ReleaseState.RELEASED).exists():
        return
    if [each.number for each in released(release.wave)] != release.after:
        raise NotSafe(f"Another release has come since {release} was prepared. {AGAIN}")
    require_chosen(release)


def require_chosen(release: Release) -> None:
    """NotSafe where somebody has chosen otherwise what is released since it was prepared."""
    later = release.wave.release_choices.filter(pk__gt=release.choice).order_by("-pk").first()
    if later:
        raise NotSafe(
            f"{later.made_by} has chosen otherwise what is released since {release} was prepared: "
            f"{later.get_kind_display().lower()}, {later.value}. {AGAIN}"
        )
