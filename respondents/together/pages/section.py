"""One section as the people who work on it see it: how far it is, who does what, what they said to each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from respondents.portal.pages.place import Place, page_url, place_of
from respondents.portal.words import past_in_words, person_in_words
from respondents.returns.models import Return
from respondents.returns.openness import openness_of
from respondents.together.models import Comment, Consultation, Consulted
from respondents.together.overview import Overview
from survey.schema.document import Section
from survey.schema.progress import section_progress


@dataclass(frozen=True)
class Said:
    """One comment."""

    who: str
    when: str
    text: str


@dataclass(frozen=True)
class SectionPage:
    """One section beside its questions."""

    place: Place
    title: str
    progress: str
    asked: str
    ready: str
    answer_url: str
    ready_url: str
    not_ready_url: str
    comments: tuple[Said, ...]
    consulted: str
    may_record: bool
    history_url: str
    tasks_url: str


def section_page(
    found: Return,
    section: Section,
    *,
    overview: Overview,
    comments: Iterable[Comment],
    consultation: Consultation | None,
    person: User,
    now: datetime,
) -> SectionPage:
    """The section with what may be done about it by this person now."""
    is_open = openness_of(found, now=now).allows(section.code)
    may_mark = is_open and found.standing.may_answer(section.code)
    mark = overview.ready(section.code)
    arguments = [found.pk, section.code]
    return SectionPage(
        place=place_of(found, now=now),
        title=section.title,
        progress=_progress(found, section),
        asked=_asked(overview, section, person=person),
        ready=_marked(mark.marked_by, mark.marked_at, person=person, now=now) if mark else "",
        answer_url=page_url(found, section.pages[0]) if may_mark else "",
        ready_url=reverse("together:ready", args=arguments) if may_mark and not mark else "",
        not_ready_url=reverse("together:not_ready", args=arguments) if may_mark and mark else "",
        comments=tuple(
            Said(_name(each.written_by, reader=person), past_in_words(each.written_at, now=now), each.text)
            for each in comments
        ),
        consulted=_consulted(consultation, person=person, now=now) if consultation else "",
        may_record=is_open and found.standing.is_chair,
        history_url=reverse("together:history", args=[found.pk]),
        tasks_url=reverse("portal:tasks", args=[found.pk]),
    )


def _name(who: User, *, reader: User) -> str:
    return "You" if who.pk == reader.pk else str(who)


def _progress(found: Return, section: Section) -> str:
    progress = section_progress(section, found.wave.questionnaire, found.values)
    if not progress.applicable:
        return "Given the answers so far, nothing in this section applies."
    return f"{progress.answered} of {progress.applicable} answered."


def _asked(overview: Overview, section: Section, *, person: User) -> str:
    names = [person_in_words(each.person, reader=person) for each in overview.asked(section.code)]
    return f"Asked to answer it: {', '.join(names)}." if names else ""


def _marked(by: User, at: datetime, *, person: User, now: datetime) -> str:
    return f"Marked as ready by {person_in_words(by, reader=person)} {past_in_words(at, now=now)}."


def _consulted(consultation: Consultation, *, person: User, now: datetime) -> str:
    labels = [str(Consulted(value).label) for value in consultation.consulted if value != Consulted.OTHER]
    labels += [consultation.who_else or "Somebody else"] if Consulted.OTHER in consultation.consulted else []
    who = person_in_words(consultation.recorded_by, reader=person)
    when = past_in_words(consultation.recorded_at, now=now)
    return f"{'; '.join(labels) or 'Nothing said'}. Recorded by {who} {when}."
