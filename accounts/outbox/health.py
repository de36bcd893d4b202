"""Reads: whether the post goes, told from the rows that wait."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from accounts.outbox.models import BULK, Message, MessageState

PATIENCE = timedelta(minutes=5)


def post_trouble(*, now: datetime) -> datetime | None:
    """Since when a message has waited that should long have gone; nothing while the post goes.

    Bulk mail may wait its turn for as long as some of it still gets away.
    """
    waiting = Message.objects.filter(
        state__in=(MessageState.QUEUED, MessageState.SENDING), created_at__lt=now - PATIENCE
    )
    moving = Message.objects.filter(kind=OuterRef("kind"), sent_at__gte=now - PATIENCE)
    stuck = waiting.filter(~Q(kind__in=BULK) | ~Exists(moving))
    return stuck.order_by("created_at").values_list("created_at", flat=True).first()
