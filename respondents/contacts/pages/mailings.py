"""The plan of mailings, one mailing before it runs, the wordings, and the stop list."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import Role, User
from accounts.outbox.html import paragraphs
from accounts.outbox.letters import Letter
from respondents.contacts.audience import Audience, Due, LeftOut
from respondents.contacts.models import Mailing, MailingKind, MailingState, Stop, TemplateKind, TemplateVersion
from respondents.contacts.standard import MEANINGS, variables_of
from respondents.portal.pages.place import State
from respondents.portal.words import moment_in_words, past_in_words
from survey.counting import counted
from survey.models import Wave

MOST_SHOWN = 200
_COLOURS = {
    MailingState.PLANNED: "govuk-tag--blue",
    MailingState.RUNNING: "govuk-tag--yellow",
    MailingState.FAILED: "govuk-tag--red",
}


@dataclass(frozen=True)
class MailingRow:
    """One planned mailing."""

    kind: str
    when: str
    state: State
    came_of_it: str
    url: str


@dataclass(frozen=True)
class PlanPage:
    """What is sent to many, and when."""

    wave: Wave
    rows: tuple[MailingRow, ...]
    usual_url: str
    new_url: str


@dataclass(frozen=True)
class Line:
    """A board, a person of it, and what is to be said of both."""

    board: str
    who: str
    url: str
    why: str = ""


@dataclass(frozen=True)
class Reason:
    """Why some are left out, and how many."""

    words: str
    number: int


@dataclass(frozen=True)
class MailingPage:
    """One mailing: when it goes, to whom, and who is left out and why."""

    wave: Wave
    title: str
    when: str
    state: State
    came_of_it: str
    error: str
    to: str
    due: tuple[Line, ...]
    tallies: tuple[Reason, ...]
    left_out: tuple[Line, ...]
    more: str
    move_url: str
    cancel_url: str
    send_url: str
    send_words: str
    plan_url: str


@dataclass(frozen=True)
class TemplateRow:
    """One kind of message and whose words it has."""

    name: str
    subject: str
    whose: str
    url: str
    preview_url: str


@dataclass(frozen=True)
class Earlier:
    """A wording as it was."""

    when: str
    who: str
    subject: str
    text: str


@dataclass(frozen=True)
class TemplatePage:
    """The words of one kind of message, what may stand in them, and how they came about."""

    wave: Wave
    title: str
    variables: tuple[tuple[str, str], ...]
    versions: tuple[Earlier, ...]
    preview_url: str
    templates_url: str


@dataclass(frozen=True)
class PreviewPage:
    """A message as one board would get it, as plain text and as HTML."""

    wave: Wave
    title: str
    board: str
    letter: Letter | None
    paragraphs: tuple[str, ...]
    test_url: str
    edit_url: str


@dataclass(frozen=True)
class StopRow:
    """Somebody to whom nothing is sent in bulk."""

    whom: str
    reason: str
    who: str
    lift_url: str


def plan_page(wave: Wave, mailings: Iterable[Mailing], *, person: User) -> PlanPage:
    """The plan, in the order of its days."""
    may_keep = person.role == Role.RESEARCHER
    return PlanPage(
        wave=wave,
        rows=tuple(_row(wave, each) for each in mailings),
        usual_url=reverse("contacts:usual", args=[wave.slug]) if may_keep else "",
        new_url=reverse("contacts:new_mailing", args=[wave.slug]) if may_keep else "",
    )


def mailing_page(mailing: Mailing, audience: Audience, *, person: User) -> MailingPage:
    """One mailing as it would go at this moment, or as it went."""
    wave, arguments = mailing.wave, [mailing.wave.slug, mailing.pk]
    may_keep, state = person.role == Role.RESEARCHER, MailingState(mailing.state)
    is_waiting = state == MailingState.PLANNED and not mailing.attempts
    may_send = may_keep and state in (MailingState.PLANNED, MailingState.FAILED) and not wave.is_draft
    boards = len({due.found.pk for due in audience.due})
    more = len(audience.due) > MOST_SHOWN or len(audience.left_out) > MOST_SHOWN
    return MailingPage(
        wave=wave,
        title=str(MailingKind(mailing.kind).label),
        when=moment_in_words(mailing.due_at),
        state=_state(mailing),
        came_of_it=_came_of_it(mailing),
        error=mailing.last_error,
        to=f"{counted(len(audience.due), 'message')} to {counted(boards, 'board')}",
        due=tuple(
            Line(str(each.found.board), each.person.email, _board_url(wave, each)) for each in audience.due[:MOST_SHOWN]
        ),
        tallies=_tallies(audience.left_out),
        left_out=tuple(_line(wave, each) for each in audience.left_out[:MOST_SHOWN]),
        more=f"The first {MOST_SHOWN} are shown." if more else "",
        move_url=reverse("contacts:move", args=arguments) if may_keep and is_waiting else "",
        cancel_url=reverse("contacts:cancel", args=arguments) if may_keep and is_waiting else "",
        send_url=reverse("contacts:send", args=arguments) if may_send else "",
        send_words=f"Send it now to {counted(boards, 'board')}",
        plan_url=reverse("contacts:plan", args=[wave.slug]),
    )


def _tallies(left_out: Iterable[LeftOut]) -> tuple[Reason, ...]:
    counts = Counter(each.why for each in left_out)
    return tuple(Reason(why.value, number) for why, number in counts.most_common())


def _line(wave: Wave, left: LeftOut) -> Line:
    return Line(str(left.found.board), left.person.email if left.person else "", _board_url(wave, left), left.why.value)


def _board_url(wave: Wave, each: Due | LeftOut) -> str:
    return reverse("helping:board", args=[wave.slug, each.found.pk])


def _row(wave: Wave, mailing: Mailing) -> MailingRow:
    return MailingRow(
        kind=str(MailingKind(mailing.kind).label),
        when=moment_in_words(mailing.due_at),
        state=_state(mailing),
        came_of_it=_came_of_it(mailing),
        url=reverse("contacts:mailing", args=[wave.slug, mailing.pk]),
    )


def _state(mailing: Mailing) -> State:
    state = MailingState(mailing.state)
    return State(str(state.label), _COLOURS.get(state, ""))


def _came_of_it(mailing: Mailing) -> str:
    if not mailing.attempts:
        return ""
    return f"{counted(mailing.queued, 'message')} queued, {mailing.left_out} left out"


def template_rows(
    wave: Wave, versions: Iterable[TemplateVersion], subjects: dict[TemplateKind, str]
) -> list[TemplateRow]:
    """Every kind of message."""
    latest = {each.kind: each for each in versions}
    return [
        TemplateRow(
            name=str(kind.label),
            subject=subjects[kind],
            whose=f"Changed by {latest[kind].written_by}" if kind in latest else "Standard words",
            url=reverse("contacts:template", args=[wave.slug, kind.value]),
            preview_url=reverse("contacts:preview", args=[wave.slug, kind.value]),
        )
        for kind in TemplateKind
    ]


def template_page(
    wave: Wave, kind: TemplateKind, versions: Iterable[TemplateVersion], *, now: datetime
) -> TemplatePage:
    """What stands around the words."""
    return TemplatePage(
        wave=wave,
        title=str(kind.label),
        variables=tuple((f"{{{{{name}}}}}", MEANINGS[name]) for name in variables_of(kind)),
        versions=tuple(
            Earlier(past_in_words(each.written_at, now=now), str(each.written_by), each.subject, each.text)
            for each in versions
        ),
        preview_url=reverse("contacts:preview", args=[wave.slug, kind.value]),
        templates_url=reverse("contacts:templates", args=[wave.slug]),
    )


def preview_page(wave: Wave, kind: TemplateKind, letter: Letter | None, *, board: str) -> PreviewPage:
    """The message beside itself: plain text and HTML."""
    return PreviewPage(
        wave=wave,
        title=str(kind.label),
        board=board,
        letter=letter,
        paragraphs=tuple(paragraphs(letter.text)) if letter else (),
        test_url=reverse("contacts:test", args=[wave.slug, kind.value]),
        edit_url=reverse("contacts:template", args=[wave.slug, kind.value]),
    )


def stop_rows(wave: Wave, stops: Iterable[Stop], *, now: datetime) -> list[StopRow]:
    """The stop list."""
    return [
        StopRow(
            whom=each.email or str(each.board),
            reason=each.reason,
            who=f"{each.by}, {past_in_words(each.at, now=now)}",
            lift_url=reverse("contacts:lift", args=[wave.slug, each.pk]),
        )
        for each in stops
    ]
