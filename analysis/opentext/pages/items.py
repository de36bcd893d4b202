"""Which items of a wave are answered in words."""

from dataclasses import dataclass

from django.urls import reverse

from analysis.opentext.answers import text_items
from analysis.opentext.models import Coders, FrameVersion
from respondents.contacts.eligibility import counted_submissions
from survey.models import Wave


@dataclass(frozen=True)
class ItemRow:
    """One text item: how many answered it, and its frame."""

    code: str
    words: str
    answers: str
    state: str
    url: str


@dataclass(frozen=True)
class ItemsPage:
    """All text items of a wave."""

    wave: Wave
    rows: tuple[ItemRow, ...]
    quotes_url: str
    names_url: str


def items_page(wave: Wave) -> ItemsPage:
    """Every item that is answered in words, in the order of the questionnaire."""
    items = text_items(wave.questionnaire)
    texts = counted_submissions(wave).values_list("texts", flat=True)
    answered = [code for said in texts for code, text in said.items() if text]
    frames = dict(FrameVersion.objects.filter(wave=wave).order_by("number").values_list("item", "number"))
    coded = set(Coders.objects.filter(wave=wave).values_list("item", flat=True))
    rows = (
        ItemRow(
            code=item.code,
            words=item.short,
            answers=f"{answered.count(item.code):,}",
            state=_state(frames.get(item.code), is_named=item.code in coded),
            url=reverse("opentext:item", args=[wave.slug, item.code]),
        )
        for item in items
    )
    quotes, names = (reverse(f"opentext:{name}", args=[wave.slug]) for name in ("quotes", "local_names"))
    return ItemsPage(wave, tuple(rows), quotes, names)


def _state(frame: int | None, *, is_named: bool) -> str:
    if frame is None:
        return "No codes yet"
    return f"Frame version {frame}" if is_named else f"Frame version {frame}, no coders yet"
