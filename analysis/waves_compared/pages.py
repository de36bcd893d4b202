"""What the pages on two waves say."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from analysis.core.percent import percent
from analysis.core.reliability import SMALLEST_BASE
from analysis.core.two_waves import PairedItem
from analysis.outputs.chance import p_in_words
from analysis.waves_compared.comparing import ComparedWaves
from analysis.waves_compared.words import family_words, name_of, panel_words, sentence
from survey.counting import counted
from survey.models import Wave
from survey.schema.comparison import SIDE_BY_SIDE, ItemComparison
from survey.waves import fieldwork_of


@dataclass(frozen=True)
class WaveChoice:
    """Another wave that this one may be paired with."""

    words: str
    url: str


@dataclass(frozen=True)
class ChoosePage:
    """Which waves there are to choose from."""

    wave: Wave
    choices: tuple[WaveChoice, ...]


@dataclass(frozen=True)
class PairedRow:
    """One item: its boards by what they said in both waves, the test, and what may be said."""

    name: str
    url: str
    base: str
    figures: tuple[str, ...]
    earlier: str
    later: str
    p: str
    adjusted: str
    sentence: str


@dataclass(frozen=True)
class PairedTable:
    """All answers of one item in the earlier wave by those in the later one."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    left_out: str


@dataclass(frozen=True)
class LeftItem:
    """An item that is not paired, and why."""

    code: str
    label: str
    why: str


@dataclass(frozen=True)
class WavesPage:
    """Two waves beside each other."""

    wave: Wave
    earlier: str
    later: str
    lead: str
    family: str
    is_too_few: bool
    rows: tuple[PairedRow, ...]
    asked: PairedTable | None
    refused: tuple[LeftItem, ...]
    added: tuple[LeftItem, ...]
    dropped: tuple[LeftItem, ...]
    versions_url: str
    csv_url: str
    xlsx_url: str


def choose_page(wave: Wave, others: Iterable[Wave]) -> ChoosePage:
    """The other waves of the same questionnaire, the latest first."""
    return ChoosePage(
        wave,
        tuple(WaveChoice(_named(each), reverse("waves_compared:pair", args=[wave.slug, each.slug])) for each in others),
    )


def waves_page(wave: Wave, found: ComparedWaves, *, item: str = "") -> WavesPage:
    """Every item of the two waves; the whole table of one of them where it is asked for."""
    other = found.later if wave.pk == found.earlier.pk else found.earlier
    arguments = [wave.slug, other.slug]
    return WavesPage(
        wave=wave,
        earlier=_named(found.earlier),
        later=_named(found.later),
        lead=panel_words(found.panel),
        family=family_words(found.family),
        is_too_few=found.panel.size < SMALLEST_BASE,
        rows=tuple(map(_row, found.items, [found.family.size] * len(found.items))),
        asked=next((_whole(each) for each in found.items if each.spec.column == item), None),
        refused=tuple(map(_left, found.refused)),
        added=tuple(map(_left, found.added)),
        dropped=tuple(map(_left, found.dropped)),
        versions_url=_versions_url(found),
        csv_url=reverse("waves_compared:csv", args=arguments),
        xlsx_url=reverse("waves_compared:xlsx", args=arguments),
    )


def _row(item: PairedItem, size: int) -> PairedRow:
    shown = item.p is not None
    figures = (item.both, item.only_earlier, item.only_later, item.neither)
    return PairedRow(
        name=name_of(item),
        url=f"?item={item.spec.column}#whole" if shown else "",
        base=f"{item.base:,}",
        figures=tuple(f"{each:,}" if shown else "–" for each in figures),
        earlier=_share(item.both + item.only_earlier, item.base) if shown else "–",
        later=_share(item.both + item.only_later, item.base) if shown else "–",
        p=p_in_words(item.p),
        adjusted=p_in_words(item.adjusted),
        sentence=sentence(item, size=size),
    )


def _share(count: int, base: int) -> str:
    return f"{percent(count, base)}%"


def _whole(item: PairedItem) -> PairedTable | None:
    """Every answer by every answer; nothing where boards are too few to be shown."""
    if item.p is None:
        return None
    labels = tuple(label for _, label in item.spec.codes)
    rows = tuple((label, tuple(f"{each:,}" for each in row)) for label, row in zip(labels, item.counts, strict=True))
    left = counted(item.left_out, "linked board", "linked boards")
    return PairedTable(
        f"{item.spec.code}. {item.spec.label}",
        labels,
        rows,
        f"{left} took no position in one of the waves, or in both.",
    )


def _left(item: ItemComparison) -> LeftItem:
    changes = [change for change in item.changes if change.breaks or change.kind in {"added", "removed"}]
    why = " ".join(change.effect.removesuffix(SIDE_BY_SIDE).strip() for change in changes)
    said = f" It asks the same as {item.like} in the other wave." if item.like else ""
    return LeftItem(item.code, item.label, f"{why}{said}")


def _named(wave: Wave) -> str:
    return f"{wave.title}, {fieldwork_of(wave)}"


def _versions_url(found: ComparedWaves) -> str:
    """Where the two versions stand item by item; nothing where both waves ask the same version."""
    old, new = found.earlier.questionnaire_version, found.later.questionnaire_version
    if old is None or new is None or old.pk == new.pk:
        return ""
    return reverse("authoring:compare", args=[f"version-{old.pk}", f"version-{new.pk}"])
