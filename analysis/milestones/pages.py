"""What the two pages say."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format

from analysis.milestones.models import FrozenExtract
from survey.models import Wave
from survey.moments import moment_in_words


@dataclass(frozen=True)
class Kept:
    """Something recorded before: what, by whom and when, its digest, and where it can be taken away."""

    words: str
    digest: str
    url: str = ""


@dataclass(frozen=True)
class MilestonePage:
    """A form with a heading, a sentence, and what was recorded before."""

    wave: Wave
    title: str
    lead: str
    kept: tuple[Kept, ...]
    tasks_url: str
    is_ready: bool = True


def plan_page(wave: Wave, *, now: datetime) -> MilestonePage:
    """Why a plan is dated, and which were."""
    lead = "What is planned before fieldwork closes counts as planned; later tables and tests are marked exploratory."
    if not wave.is_draft and now >= wave.closes_at:
        lead = "Fieldwork has closed: a plan that is recorded now is marked exploratory."
    kept = tuple(
        Kept(
            f"{each.plan}, dated {date_format(each.dated, 'j F Y')}, recorded by {each.recorded_by or 'an operator'} "
            f"on {moment_in_words(each.recorded_at)}{', exploratory' if each.is_exploratory else ''}",
            each.digest,
        )
        for each in wave.plan_records.select_related("recorded_by").order_by("-pk")
    )
    return MilestonePage(wave, "Analysis plan", lead, kept, reverse("life:tasks", args=[wave.slug]))


def freeze_page(wave: Wave, *, may_download: bool, now: datetime) -> MilestonePage:
    """What freezing does, and what was frozen."""
    kept = tuple(
        Kept(
            f"Number {each.number}: {each.rows:,} returns, frozen by {each.frozen_by or 'an operator'} on "
            f"{moment_in_words(each.frozen_at)}",
            each.digest,
            reverse("milestones:extract", args=[wave.slug, each.number]) if may_download else "",
        )
        for each in wave.frozen_extracts.defer("content").select_related("frozen_by").order_by("-number")
    )
    lead = (
        "The submissions that count are kept as one file (Parquet) with its digest, so that every figure can be traced "
        "to it. If a return is reopened and submitted again later, or an outcome is decided otherwise, freeze again: "
        "both files are kept."
    )
    is_ready = now >= wave.closes_at
    if not is_ready:
        lead = f"This can be done once the wave has closed, on {moment_in_words(wave.closes_at)}. {lead}"
    return MilestonePage(wave, "Freeze the data", lead, kept, reverse("life:tasks", args=[wave.slug]), is_ready)


def freezing_in_words(frozen: FrozenExtract, *, is_new: bool) -> str:
    """What came of it."""
    if is_new:
        return f"The data were frozen under number {frozen.number}."
    return (
        f"Nothing new was frozen: answers, eligible boards and outcomes are those of number {frozen.number}, frozen on "
        f"{moment_in_words(frozen.frozen_at)}."
    )
