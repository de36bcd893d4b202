"""One page of questions, and the page that shows two answers to the same question."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.shortcuts import resolve_url

from accounts.models import User
from respondents.portal.asking import refuses
from respondents.portal.forms import AS_IT_IS, MINE, SHOWN_PASSAGE, THEIRS, AnswerForm, SettleForm
from respondents.portal.held import SAVED, HeldNotice, HeldText, held_notice
from respondents.portal.pages.place import Place, door_url, place_of, tasks_url
from respondents.portal.ways import counterpart_of, is_by_agency, pages_in, section_with
from respondents.portal.words import past_in_words, person_in_words
from respondents.returns.saving import Collision, Conflict
from survey.counting import counted
from survey.schema.answers import display, raw
from survey.schema.codes import REFUSED
from survey.schema.document import Item, Page


@dataclass(frozen=True)
class LeftNotice:
    """What stays unanswered on the page, said once and without blame."""

    lead: str
    links: tuple[tuple[str, str], ...]
    decline: str
    leave: str


@dataclass(frozen=True)
class Asking:
    """What the person is asked when a page comes back: about texts held back, or about answers left blank."""

    held: tuple[HeldText, ...] = ()
    left: tuple[Item, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.held or self.left)


@dataclass(frozen=True)
class Autosave:
    """What a page needs to save itself: where to, what is saved, where to sign in, the token’s cookie."""

    url: str
    values: str
    sign_in_url: str
    token_cookie: str


@dataclass(frozen=True)
class QuestionPage:
    """One page of questions; its heading is left to the question where that stands alone."""

    place: Place
    caption: str
    position: str
    title: str
    heading: str
    tasks_url: str
    come_from: str
    asks_about_blanks: bool
    autosave: Autosave
    turn: str
    copied: str
    voice: str
    left: LeftNotice | None = None
    held: HeldNotice | None = None


@dataclass(frozen=True)
class Dispute:
    """One item that two people changed, with both answers in full."""

    id: str
    name: str
    question: str
    label: str
    mine: str
    theirs: str
    who: str
    when: str
    error: str
    keeps_mine: bool
    keeps_theirs: bool


@dataclass(frozen=True)
class ConflictPage:
    """The answers that collided, and everything else that was sent, to be sent again."""

    place: Place
    lead: str
    action: str
    base_version: int
    seen_version: int
    come_from: str
    disputes: tuple[Dispute, ...]
    hidden: tuple[tuple[str, str], ...]
    errors: tuple[tuple[str, str], ...]


def question_page(
    form: AnswerForm, asking: Asking, *, come_from: str, asks_about_blanks: bool, by_agency: bool, now: datetime
) -> QuestionPage:
    """What stands around the questions of a page, with a notice of what is to be decided."""
    found, page = form.found, form.page
    questionnaire = found.wave.questionnaire
    section, is_turned = section_with(questionnaire, page), is_by_agency(questionnaire, page)
    counterpart = counterpart_of(questionnaire, page)
    pages = pages_in(section, questionnaire, by_agency=is_turned if counterpart else by_agency)
    return QuestionPage(
        place=place_of(found, now=now),
        caption=section.title,
        position=f"Page {pages.index(page) + 1} of {len(pages)}" if len(pages) > 1 else "",
        turn=("aspect" if is_turned else "agency") if counterpart else "",
        title=f"{_title_words(asking)}{page.title}",
        heading=page.title if len(page.questions) > 1 else "",
        tasks_url=tasks_url(found),
        come_from=come_from,
        asks_about_blanks=asks_about_blanks,
        copied=_copied_words(form.copied_from),
        voice=found.standing.heard.voice if found.standing.heard else "",
        autosave=Autosave(
            url=door_url(found, "autosave", page),
            values=json.dumps(form.saved_words),
            sign_in_url=resolve_url(settings.LOGIN_URL),
            token_cookie=settings.CSRF_COOKIE_NAME,
        ),
        left=_left_notice(asking.left) if asking.left else None,
        held=held_notice(asking.held, SAVED) if asking.held else None,
    )


def _copied_words(copied_from: Mapping[str, str]) -> str:
    """What was copied to this page and waits for the person's eye."""
    if not copied_from:
        return ""
    boards = " and ".join(sorted(set(copied_from.values())))
    was = "was" if len(copied_from) == 1 else "were"
    return f"{counted(len(copied_from), 'answer')} on this page {was} copied from {boards}."


def _title_words(asking: Asking) -> str:
    """What a screen reader says first when the page comes back."""
    if asking.held:
        return "Look at a text before it is saved: "
    return f"{counted(len(asking.left), 'answer')} left: " if asking.left else ""


def _left_notice(left: Sequence[Item]) -> LeftNotice:
    these = "this question" if len(left) == 1 else f"these {len(left)} questions"
    has = "has" if len(left) == 1 else "have"
    return LeftNotice(
        lead=f"{counted(len(left), 'question')} on this page {has} no answer",
        links=tuple((f"#id_{item.code}", item.short) for item in left),
        decline=f"I do not want to answer {these}",
        leave=f"Go on and leave {'it' if len(left) == 1 else 'them'} open",
    )


def conflict_page(
    page: Page, form: AnswerForm, conflict: Conflict, *, come_from: str, person: User, now: datetime
) -> ConflictPage:
    """Both answers of each item, one under the other."""
    found = form.found
    disputes = tuple(_dispute(form, each, person=person, now=now) for each in conflict.collisions)
    were = "was" if len(disputes) == 1 else "were"
    return ConflictPage(
        place=place_of(found, now=now),
        lead=f"{counted(len(disputes), 'answer')} on this page {were} changed while you had it open. Nothing is saved "
        "yet and nothing is overwritten: choose which answer stands.",
        action=door_url(found, "settle", page),
        base_version=form.base_version,
        seen_version=conflict.version,
        come_from=come_from,
        disputes=disputes,
        hidden=tuple(_hidden(form, conflict)),
        errors=tuple((f"#{each.id}", each.error) for each in disputes if each.error),
    )


def _dispute(form: AnswerForm, collision: Collision, *, person: User, now: datetime) -> Dispute:
    questionnaire = form.found.wave.questionnaire
    item = questionnaire.items[collision.item]
    name = f"keep-{item.code}"
    kept = form.choice(item.code) if isinstance(form, SettleForm) else ""
    who = person_in_words(collision.by, reader=person)
    return Dispute(
        id=f"id_{name}",
        name=name,
        question=questionnaire.question(item.question_code).wording,
        label="" if item.code == item.question_code else item.label,
        mine=display(item, collision.mine),
        theirs=display(item, collision.theirs),
        who="you, in another window" if who == "you" else who,
        when=past_in_words(collision.at, now=now),
        error=" ".join(map(str, form.errors.get(name, []))),
        keeps_mine=kept == MINE,
        keeps_theirs=kept == THEIRS,
    )


def _hidden(form: AnswerForm, conflict: Conflict) -> Iterable[tuple[str, str]]:
    """Every answer that was sent, in the words of the form, and which of them are disputed."""
    items = form.found.wave.questionnaire.items
    for code, value in form.all_sent.items():
        if value == REFUSED and not items[code].coded:
            yield refuses(code), "yes"
            continue
        words = raw(items[code], value)
        yield from ((code, word) for word in (words or [""] if isinstance(words, list) else [words]))
    for each in conflict.collisions:
        yield f"disputed-{each.item}", "yes"
    for name in (AS_IT_IS, SHOWN_PASSAGE):
        yield from ((name, str(word)) for word in form.words_of(name))
