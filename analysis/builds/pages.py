"""What the pages of builds say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.module_loading import import_string

from accounts.models import Role, User
from analysis.builds.access import kinds_for, seen_by
from analysis.builds.clearing import rule
from analysis.builds.kinds import Kind, kind_of
from analysis.builds.models import Build, BuildState
from survey.models import Wave
from survey.moments import moment_in_words

SHOWN = 50
WAITING = "A worker will take it up in a moment."
CANCELLED = "Nothing was built, and no file that was built before has changed."


@dataclass(frozen=True)
class Offer:
    """One thing that can be asked for here."""

    words: str
    explanation: str
    url: str
    page_url: str


@dataclass(frozen=True)
class Awaited:
    """What must come first, and what cannot be asked for before."""

    words: str
    url: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class Line:
    """One build in the list."""

    id: str
    words: str
    state: str
    about: str
    url: str
    is_under_way: bool
    told: str  # when it has ended


@dataclass(frozen=True)
class BuildsPage:
    """What can be built from a wave, and what was."""

    wave: Wave
    offers: tuple[Offer, ...]
    awaited: tuple[Awaited, ...]
    lines: tuple[Line, ...]
    is_under_way: bool
    rule: str
    text_url: str


@dataclass(frozen=True)
class BuildPage:
    """One build, where it is and what can be done about it."""

    wave: Wave
    words: str
    state: str
    asked: str
    doing: str
    step: int
    steps: int
    is_under_way: bool
    size: str
    digest: str
    made_from: str
    list_url: str
    download_url: str
    cancel_url: str
    again_url: str


def builds_page(wave: Wave, *, reader: User) -> BuildsPage:
    """What this reader may ask for, and the builds that they may see, newest first."""
    offered = [kind for kind in kinds_for(reader) if kind.is_offered]
    awaited = {name: import_string(name)(wave) for name in dict.fromkeys(kind.waits for kind in offered) if name}
    offers = (_offer(wave, kind) for kind in offered if not awaited.get(kind.waits))
    text_url = reverse("templating:edit", args=[wave.slug]) if reader.role == Role.ANALYST else ""
    lines = tuple(_line(build) for build in seen_by(reader).filter(wave=wave)[:SHOWN])
    is_under_way = any(line.is_under_way for line in lines)
    return BuildsPage(wave, tuple(offers), _awaited(wave, offered, awaited), lines, is_under_way, rule(), text_url)


def _awaited(wave: Wave, offered: Sequence[Kind], awaited: Mapping[str, str]) -> tuple[Awaited, ...]:
    """What cannot be asked for yet, by what it waits for."""
    found = ((words, [kind for kind in offered if kind.waits == name]) for name, words in awaited.items() if words)
    return tuple(
        Awaited(words, reverse(kinds[0].waits_at, args=[wave.slug]), tuple(_offer(wave, kind) for kind in kinds))
        for words, kinds in found
    )


def _offer(wave: Wave, kind: Kind) -> Offer:
    page = f"{reverse('builds:report', args=[wave.slug])}{kind.page}" if kind.page else ""
    return Offer(kind.words, kind.explanation, _new(wave, kind), page)


def build_page(build: Build, *, reader: User) -> BuildPage:
    """One build as this reader sees it."""
    kind, may_have = kind_of(build.kind), kind_of(build.kind).allows(reader)
    is_done, is_over = build.state == BuildState.DONE, not build.is_under_way
    may_cancel = build.is_under_way and (reader == build.requested_by or reader.role == Role.ADMINISTRATOR)
    return BuildPage(
        wave=build.wave,
        words=words_of(build),
        state=build.get_state_display(),
        asked=_asked(build),
        doing=_doing(build),
        step=build.step,
        steps=build.steps or 1,
        is_under_way=build.is_under_way,
        size=filesizeformat(build.size or 0),
        digest=build.digest if is_done else "",
        made_from=_made_from(build),
        list_url=reverse("builds:report", args=[build.wave.slug]),
        download_url=_address("download", build) if is_done and may_have and kind.file_name else "",
        cancel_url=_address("cancel", build) if may_cancel else "",
        again_url=_address("again", build) if is_over and not is_done and may_have else "",
    )


def _doing(build: Build) -> str:
    """What the worker is at, how it ended, or what is to be expected."""
    if build.state == BuildState.CANCELLED:
        return CANCELLED
    return build.doing or (WAITING if build.is_under_way else "")


def words_of(build: Build) -> str:
    """What is built, and which one of its kind."""
    numbered = f"release {build.number}" if build.number is not None else ""
    which = ", ".join(word for word in (numbered, build.subject) if word)
    return f"{kind_of(build.kind).words}: {which}" if which else kind_of(build.kind).words


def _line(build: Build) -> Line:
    words, state = words_of(build), build.get_state_display()
    is_told = build.doing and build.state in {BuildState.RUNNING, BuildState.FAILED}
    return Line(
        id=str(build.pk),
        words=words,
        state=f"{state}: {build.doing}" if is_told else state,
        about=_asked(build),
        url=_address("progress", build),
        is_under_way=build.is_under_way,
        told=f"{words}: {state}. {build.doing}".rstrip(),
    )


def _asked(build: Build) -> str:
    by = f" by {build.requested_by}" if build.requested_by else ""
    return f"Asked for{by} on {moment_in_words(build.requested_at)}"


def _made_from(build: Build) -> str:
    text, house = build.text_version, build.house_version
    said = (
        "" if text is None else f"Made from version {text} of the report's text.",
        f"In version {house} of the house style." if house else "",
    )
    return " ".join(filter(None, said))


def _new(wave: Wave, kind: Kind) -> str:
    return reverse("builds:request", args=[wave.slug, kind.name])


def _address(view: str, build: Build) -> str:
    return reverse(f"builds:{view}", args=[build.wave.slug, build.pk])
