"""What an open page is told about what it sent by itself."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from respondents.portal.forms import AutosaveForm
from respondents.portal.words import past_in_words, person_in_words, unasked_words
from respondents.returns.autosaving import Overtaken
from respondents.returns.saving import Collision, Conflict, Saved
from survey.schema.answers import display

Reply = tuple[dict[str, Any], HTTPStatus]


def autosave_reply(form: AutosaveForm, outcome: Saved | Conflict | Overtaken, *, person: User, now: datetime) -> Reply:
    """The words and values for the page, and the status they go with."""
    if isinstance(outcome, Conflict):
        disputes = [_dispute(form, each, person=person, now=now) for each in outcome.collisions]
        return {"state": "conflict", "disputes": disputes}, HTTPStatus.CONFLICT
    if isinstance(outcome, Overtaken):
        return {"state": "overtaken"}, HTTPStatus.OK
    waiting = {**form.not_right, **{each.item.code: each.warning for each in form.held}}
    at = date_format(timezone.localtime(now), "H:i")
    values = {"version": outcome.version, "values": form.saved_words, "unasked": unasked_words(form.unasked)}
    return {"state": "saved", "at": at, "waiting": waiting, **values}, HTTPStatus.OK


def _dispute(form: AutosaveForm, collision: Collision, *, person: User, now: datetime) -> dict[str, str]:
    item = form.items[collision.item]
    who = person_in_words(collision.by, reader=person)
    return {
        "item": item.code,
        "label": item.short,
        "mine": display(item, collision.mine),
        "theirs": display(item, collision.theirs),
        "who": "you, in another window," if who == "you" else who,
        "when": past_in_words(collision.at, now=now),
    }
