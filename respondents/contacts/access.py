"""Who sees what passes between the survey team and boards, and what may be found there."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import Role
from accounts.outbox.models import Message
from accounts.rules import staff
from respondents.contacts.models import Mailing, Stop, TemplateKind
from respondents.returns.models import Return

# Analysts never learn who chairs a board.
sees_contacts = staff(Role.RESEARCHER, Role.ADMINISTRATOR)
keeps_contacts = staff(Role.RESEARCHER)


def find_return(slug: str, return_id: UUID) -> Return:
    """A board's return in this wave, without its answers; not found otherwise."""
    in_frame = Return.objects.in_frame().select_related("board", "wave").defer("answers", "texts", "copied")
    return get_object_or_404(in_frame, pk=return_id, wave__slug=slug)


def find_mailing(slug: str, mailing_id: UUID) -> Mailing:
    """A mailing of this wave; not found otherwise."""
    return get_object_or_404(Mailing.objects.select_related("wave"), pk=mailing_id, wave__slug=slug)


def find_message(slug: str, message_id: UUID) -> Message:
    """A message of this wave; not found otherwise."""
    return get_object_or_404(Message, pk=message_id, wave=slug)


def find_kind(name: str) -> TemplateKind:
    """A kind of message with words of its own; not found otherwise."""
    if name not in TemplateKind.values:
        raise Http404
    return TemplateKind(name)


def find_stop(stop_id: int) -> Stop:
    """An entry of the stop list that is in force; not found otherwise."""
    return get_object_or_404(Stop.objects.in_force().select_related("board"), pk=stop_id)
