"""Reads: the boards that are written to, and the messages of a wave as the team finds them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from accounts.outbox.models import Message, MessageKind
from respondents.returns.models import Return
from survey.models import Wave


def boards_of(wave: Wave) -> "QuerySet[Return]":
    """The returns of the wave's boards in the order of their boards, without their answers."""
    found = wave.returns.in_frame().select_related("board", "wave").defer("answers", "texts", "copied")
    return found.order_by("board__area_name", "pk")


def messages_of(wave: Wave, wanted: Mapping[str, Any]) -> "QuerySet[Message]":
    """The messages that are wanted, the latest first, without their text; never a sign-in code."""
    found = Message.objects.filter(wave=wave.slug).exclude(kind=MessageKind.SIGN_IN_CODE).defer("text")
    if wanted.get("fate"):
        found = found.filter(state=wanted["fate"])
    if wanted.get("kind"):
        found = found.filter(kind=wanted["kind"])
    if name := wanted.get("board", "").strip():
        boards = wave.returns.filter(board__name__icontains=name).values("pk")
        found = found.filter(Q(about__in=boards) | Q(recipient__icontains=name))
    return found.order_by("-created_at", "pk")
