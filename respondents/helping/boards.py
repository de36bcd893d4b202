"""Reads: the boards of a wave as the team finds them, and everything known of one return but its answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from respondents.contacts.eligibility import set_aside
from respondents.correspondence.models import Query
from respondents.register.models import Appointment
from respondents.returns.attribution import Attribution
from respondents.returns.extension import Extension
from respondents.returns.models import Return, Save, Submission
from respondents.returns.reopening import Reopening
from respondents.returns.states import with_state
from respondents.together.models import Contribution, Transfer
from survey.models import Wave

EXTENDED = "extended"


def boards_of(wave: Wave, *, wanted: Mapping[str, Any], now: datetime) -> "QuerySet[Return]":
    """The returns of the boards that are wanted, in the order of their boards, without their answers."""
    found: QuerySet[Return] = wave.returns.in_frame().select_related("board").defer("answers", "texts", "copied")
    state = wanted.get("state", "")
    if state == EXTENDED:
        found = found.filter(extended_until__gt=max(wave.closes_at, now))
    elif state:
        found = with_state(found).filter(state_now=state)
    strata = {name: wanted[name] for name in ("authority_type", "region") if wanted.get(name)}
    name = wanted.get("name", "").strip()
    named = Q(board__name__icontains=name) | Q(frame_authorities__name__icontains=name)
    narrowed = found.filter(**strata)
    return (narrowed.filter(named).distinct() if name else narrowed).order_by("board__area_name", "pk")


def loose_in(wave: Wave) -> "QuerySet[Return]":
    """The returns that named no board, those that nobody has settled first."""
    found = wave.returns.filter(board=None).select_related("duplicate_of__board").defer("answers", "texts", "copied")
    return found.order_by(F("duplicate_of").asc(nulls_first=True), "legacy_id", "pk")


@dataclass(frozen=True)
class History:
    """Who did what on a return and when; of what was answered, only how many items in which sections."""

    chairs: tuple[User, ...]
    contributions: tuple[Contribution, ...]
    transfers: tuple[Transfer, ...]
    submissions: tuple[Submission, ...]
    reopenings: tuple[Reopening, ...]
    extensions: tuple[Extension, ...]
    queries: tuple[Query, ...]
    messages: int
    attributed: tuple[Attribution, ...]
    is_set_aside: bool


def history_of(found: Return, *, now: datetime) -> History:
    """The history of one return, in as many queries however long it is."""
    chairs = Appointment.objects.filter(board=found.board_id).current_on(timezone.localdate(now))
    contributions = found.contributions.select_related("person", "invited_by", "removed_by")
    transfers = Transfer.objects.filter(board=found.board_id).select_related("from_person", "to_person", "made_by")
    submissions = found.submissions.defer("answers", "texts", "copied").select_related("submitted_by")
    return History(
        chairs=tuple(each.person for each in chairs.select_related("person").order_by("pk")),
        contributions=tuple(contributions.order_by("invited_at", "pk")),
        transfers=tuple(transfers.order_by("-pk")),
        submissions=tuple(submissions.order_by("-number")),
        reopenings=tuple(found.reopenings.order_by("-pk")),
        extensions=tuple(found.extensions.select_related("granted_by").order_by("-pk")),
        queries=tuple(found.queries.with_state().order_by("-pk")),
        attributed=tuple(found.attributed.select_related("duplicate", "made_by").order_by("-pk")),
        is_set_aside=set_aside(found.wave).filter(pk=found.pk).exists(),
        messages=found.team_messages.aggregate(number=Count("pk"))["number"],
    )


def saves_of(found: Return) -> "QuerySet[Save]":
    """Every save of a return, the latest first."""
    return found.saves.select_related("made_by").order_by("-version")
