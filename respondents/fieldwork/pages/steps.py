"""The pages of single steps: what stands above the form."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from respondents.contacts.eligibility import eligible_returns
from respondents.fieldwork.models import Approval
from respondents.fieldwork.own_steps import dates_in_words
from respondents.fieldwork.steps import Life, missing_in
from survey.counting import counted
from survey.models import Wave
from survey.moments import moment_in_words
from survey.working_days import SATURDAY, holidays_between


@dataclass(frozen=True)
class StepPage:
    """A form with a heading, a sentence, and what is known already."""

    wave: Wave
    title: str
    lead: str
    notes: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    history: tuple[str, ...] = ()
    tasks_url: str = field(default="")


def step_page(
    wave: Wave,
    title: str,
    lead: str,
    *,
    notes: tuple[str, ...] = (),
    links: tuple[tuple[str, str], ...] = (),
    history: tuple[str, ...] = (),
) -> StepPage:
    """The page of a step, with the way back to the tasks."""
    return StepPage(wave, title, lead, notes, links, history, reverse("life:tasks", args=[wave.slug]))


def dates_page(life: Life) -> StepPage:
    """The dates, with working days and bank holidays."""
    wave = life.wave
    first, last = (timezone.localdate(each) for each in (wave.opens_at, wave.closes_at))
    off = [each for each in holidays_between(first, last) if each[0].weekday() < SATURDAY]
    holidays = tuple(f"{name}, {_day(day)}, falls into this time." for day, name in off)
    lead = "Times are those on clocks in England. The dates below are a proposal until you set them."
    if life.preparation.dates_set_at:
        lead = "Times are those on clocks in England. These dates are set; you can change them until the wave opens."
    return step_page(wave, "Opening and closing", lead, notes=(dates_in_words(life), *holidays))


def approvals_page(life: Life) -> StepPage:
    """What is held, and for what is missing the way to open without."""
    missing = [each for each in Approval if not life.preparation.holds(each)]
    overridden = life.wave.approval_overrides.select_related("made_by").order_by("pk")
    history = tuple(
        f"{Approval(each.approval).label}: done without, decided by {each.made_by or 'an operator'} on "
        f"{moment_in_words(each.made_at)}. {each.reason}"
        for each in overridden
    )
    links = tuple(
        (f"Open without: {each.label}", reverse("life:without", args=[life.wave.slug, each.value]))
        for each in missing
        if life.wave.is_draft and each not in life.overridden
    )
    lead = "Write down what you hold. What is missing can be added later, or done without for a reason."
    return step_page(life.wave, "Approvals", lead, notes=_burden(life), links=links, history=history)


def _burden(life: Life) -> tuple[str, ...]:
    """What the wave asks of everybody together, once it is known what it asks of one."""
    minutes = life.preparation.burden_minutes
    if minutes is None:
        return ()
    hours = f"about {minutes * life.boards / 60:,.0f} hours in all"
    return (f"Burden: {minutes:,} minutes for each of {_boards(life)}, {hours}.",)


def opening_page(life: Life) -> StepPage:
    """What is missing with links; or what happens when the wave opens."""
    slug = life.wave.slug
    missing = tuple((each.sentence, reverse(each.step.route, args=[slug])) for each in missing_in(life))
    if missing:
        lead = "Something is missing. Each line leads to the page where it is put right."
        return step_page(life.wave, "The wave cannot be opened yet", lead, links=missing)
    return step_page(life.wave, f"Open the wave for {_boards(life)}?", "When you open the wave:", notes=_effects(life))


def extend_page(life: Life) -> StepPage:
    """How long the wave is open now, and how it came to that."""
    lead = f"The wave closes on {moment_in_words(life.wave.closes_at)}. Give it more time, and say why."
    return step_page(life.wave, "Extend the wave", lead, history=changes_of(life.wave))


def close_page(life: Life) -> StepPage:
    """What closing early means."""
    eligible = eligible_returns(life.wave, now=life.now)
    silent = eligible.filter(submitted_version__isnull=True).count()
    lead = f"The wave would close by itself on {moment_in_words(life.wave.closes_at)}."
    notes = (
        f"{silent:,} of {eligible.count():,} returns are not submitted. Their people can no longer answer.",
        "Nobody is written to. What was saved is kept, and you can reopen the return of a single board.",
    )
    return step_page(life.wave, "Close the wave now", lead, notes=notes, history=changes_of(life.wave))


def changes_of(wave: Wave) -> tuple[str, ...]:
    """Every change of the closing time, with who and why."""
    changes = wave.closing_changes.select_related("made_by").order_by("pk")
    return tuple(
        f"{each.get_kind_display()} by {each.made_by or 'an operator'} on {moment_in_words(each.made_at)}: from "
        f"{moment_in_words(each.before)} to {moment_in_words(each.after)}. {each.reason}"
        for each in changes
    )


def _effects(life: Life) -> tuple[str, ...]:
    wave, now = life.wave, life.now
    ends = moment_in_words(wave.closes_at)
    begins = f"from {moment_in_words(wave.opens_at)}" if wave.opens_at > now else "at once"
    return (
        f"The frame is frozen: {_boards(life)}, as the register has them now. Rates are reckoned on them.",
        f"Their chairs see the return when they sign in, and can answer {begins}, until {ends}.",
        "Nobody is written to: invitations are sent in a step of their own.",
        "Questionnaire, frame, opening time and signature can no longer be changed. The closing time can be extended.",
    )


def _boards(life: Life) -> str:
    return counted(life.boards, "board")


def _day(day: date) -> str:
    return date_format(day, "l j F Y")
