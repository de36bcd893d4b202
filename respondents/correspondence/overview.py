"""Reads: what there is to be said to the people on a return, and which boards the survey team should turn to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.prepared import Given, Prepared
from respondents.correspondence.models import (
    Query,
    QueryState,
    QueryStep,
    ReopeningRequest,
    ReopeningWish,
    TeamMessage,
)
from respondents.returns.extension import Extension
from respondents.returns.models import Return
from respondents.returns.openness import Openness, openness_of
from survey.models import Wave
from survey.schema.document import Page

ASKED_ABOUT = Prepared(
    lambda found: Query.objects.filter(survey_return=found).values_list("item", flat=True),
    found=Given(Return, "id", UUID(int=987_654_321)),
)


@dataclass(frozen=True)
class News:
    """What the task list tells: queries that wait, what was reopened, what became of a wish, the last message."""

    openness: Openness
    extension: Extension | None
    queries: tuple[Query, ...]
    wish: ReopeningWish | None
    last: TeamMessage | None


def news_of(found: Return, *, now: datetime) -> News:
    """The news for a person with this standing; wishes are looked up only once the return has closed."""
    readable, has_closed = found.standing.may_read_all, now >= found.closes_at
    wishes = found.reopening_wishes.order_by("-pk")
    messages = found.team_messages.select_related("written_by").order_by("-pk")
    return News(
        openness=openness_of(found, now=now),
        extension=found.extensions.order_by("pk").last() if found.is_extended_at(now) else None,
        queries=queries_in(found, found.queries.waiting().order_by("pk")),
        wish=wishes.first() if has_closed and found.standing.is_chair else None,
        last=messages.first() if readable else None,
    )


def queries_in(found: Return, queries: Iterable[Query]) -> tuple[Query, ...]:
    """Those about sections that the person may read."""
    questionnaire, standing = found.wave.questionnaire, found.standing
    sections = ((each, questionnaire.section_of(questionnaire.page_of(each.item).code)) for each in queries)
    return tuple(each for each, section in sections if standing.may_read(section.code))


def queries_on(found: Return, page: Page) -> tuple[Query, ...]:
    """The queries that wait on a page of questions."""
    items = {item.code for item in page.items}
    # Hardly ever is there a query: a plain look first, and how it stands only if there is one.
    if items.isdisjoint(ASKED_ABOUT.rows(found=found.pk)):
        return ()
    return tuple(found.queries.waiting().filter(item__in=items).order_by("pk"))


def boards_in(wave: Wave) -> "QuerySet[Return]":
    """The returns of a wave in the order of their boards, with what waits for the survey team since when."""
    messages = TeamMessage.objects.filter(survey_return=OuterRef("pk")).order_by("-pk")
    wishes = ReopeningWish.objects.waiting().filter(survey_return=OuterRef("pk"))
    requests = ReopeningRequest.objects.waiting().filter(survey_return=OuterRef("pk"))
    later = QueryStep.objects.filter(query=OuterRef("query"), pk__gt=OuterRef("pk"))
    answers = QueryStep.objects.filter(query__survey_return=OuterRef("pk"), state=QueryState.ANSWERED)
    queries = Query.objects.waiting().filter(survey_return=OuterRef("pk"))
    found = wave.returns.in_frame().select_related("board").defer("answers", "texts", "copied")
    found = found.annotate(
        last_message_at=Subquery(messages.values("written_at")[:1]),
        is_last_from_team=Subquery(messages.values("is_from_team")[:1]),
        wished_at=Subquery(wishes.values("asked_at")[:1]),
        requested_at=Subquery(requests.values("asked_at")[:1]),
        answered_at=Subquery(answers.filter(~Exists(later)).order_by("made_at").values("made_at")[:1]),
        has_open_query=Exists(queries),
    )
    return found.order_by("board__area_name")


def waiting_boards(wave: Wave) -> int:
    """How many boards wait for the survey team: one query, from what was said rather than from all boards."""
    later = TeamMessage.objects.filter(survey_return=OuterRef("survey_return"), pk__gt=OuterRef("pk"))
    messages = TeamMessage.objects.filter(survey_return__wave=wave, is_from_team=False).filter(~Exists(later))
    wishes = ReopeningWish.objects.waiting().filter(survey_return__wave=wave)
    requests = ReopeningRequest.objects.waiting().filter(survey_return__wave=wave)
    steps = QueryStep.objects.filter(query=OuterRef("query"), pk__gt=OuterRef("pk"))
    answers = QueryStep.objects.filter(query__survey_return__wave=wave, state=QueryState.ANSWERED)
    answered = answers.filter(~Exists(steps)).values_list("query__survey_return")
    asked = (wishes.values_list("survey_return"), requests.values_list("survey_return"))
    return messages.values_list("survey_return").union(*asked, answered).count()
