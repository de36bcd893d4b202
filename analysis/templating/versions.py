"""The versions of a report's text: the latest, and the one that reports are made from."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from accounts.models import User
from analysis.core.document import DocumentError, Problem, Template, parse
from analysis.planning import template_text
from analysis.templating.models import ReportText
from survey.models import Wave


@dataclass(frozen=True)
class Version:
    """One version; number 0 is the text that came with the plan, which nobody wrote here."""

    number: int
    text: str
    problems: int = 0
    note: str = ""
    by: User | None = None
    at: datetime | None = None

    @property
    def is_usable(self) -> bool:
        """Whether a report may be made from it."""
        return not self.problems


@dataclass(frozen=True)
class Examined:
    """What a text means, or every problem that it shows by itself."""

    template: Template | None
    problems: tuple[Problem, ...] = ()


def examine(text: str) -> Examined:
    """The template in a text, or its problems."""
    try:
        return Examined(parse(text))
    except DocumentError as error:
        return Examined(None, error.problems)


def versions_of(wave: Wave) -> list[Version]:
    """All versions, the latest first; the last is that of the plan."""
    written = ReportText.objects.filter(wave=wave).select_related("written_by")
    return [*map(_version, written), Version(0, template_text(wave))]


def latest_of(wave: Wave) -> Version:
    """The version that was saved last, whatever is wrong with it."""
    written = ReportText.objects.filter(wave=wave).select_related("written_by").first()
    return _version(written) if written else Version(0, template_text(wave))


def used_of(wave: Wave, *, came: str | None = None, at: datetime | None = None) -> Version:
    """The version that reports are made from, or were at a moment: the latest without problems.

    Version 0 is `came`, or that of today.
    """
    kept = (
        ReportText.objects.filter(wave=wave) if at is None else ReportText.objects.filter(wave=wave, written_at__lte=at)
    )
    written = kept.usable().select_related("written_by").first()
    return _version(written) if written else Version(0, template_text(wave) if came is None else came)


def version_or_404(wave: Wave, number: int) -> Version:
    """The version of this number, or “not found”."""
    if number == 0:
        return Version(0, template_text(wave))
    written = ReportText.objects.filter(wave=wave, number=number).select_related("written_by").first()
    if written is None:
        raise Http404
    return _version(written)


def _version(row: ReportText) -> Version:
    return Version(row.number, row.text, row.problems, row.note, row.written_by, row.written_at)
