"""How the signature stands, in words for everyone on the return, and what this person may do about it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from respondents.portal.words import past_in_words, person_in_words
from respondents.returns.models import Return, ReturnState
from respondents.returns.openness import openness_of
from respondents.together.models import SignatureOutcome, SignatureRequest

CHECKED = "checked"
ASK = (
    "This survey asks for a second person’s signature. Send the answers you have checked to the person who signs them."
)


@dataclass(frozen=True)
class SigningPanel:
    """The state of the signature; an address is blank where this person cannot do that now."""

    words: str
    reason: str
    declaration: str
    version: int
    ask_url: str
    take_back_url: str
    read_url: str
    sign_url: str
    send_back_url: str


def signing_panel(
    found: Return, request: SignatureRequest | None, *, person: User, now: datetime
) -> SigningPanel | None:
    """The state of the signature; nothing on a wave that asks for none."""
    if not found.wave.needs_signature:
        return None
    is_open, waits = bool(openness_of(found, now=now)), found.state == ReturnState.WAITING
    can_ask = is_open and found.version > 0 and found.state != ReturnState.SUBMITTED and not waits
    signs = is_open and waits and request is not None and request.signer_id == person.pk

    def url(name: str, *, when: bool) -> str:
        return reverse(f"together:{name}", args=[found.pk]) if when else ""

    return SigningPanel(
        words=_words(found, request, person=person, now=now) or (ASK if can_ask else ""),
        reason=request.reason if request and request.outcome == SignatureOutcome.SENT_BACK else "",
        declaration=f"These are the answers of {found.board}. I, {person}, have read them and sign them as the second "
        "person named for this return.",
        version=found.version,
        ask_url=_ask_url(found) if can_ask and found.standing.is_chair else "",
        take_back_url=url("take_back", when=waits and found.standing.is_chair),
        read_url=reverse("portal:check", args=[found.pk]) if signs else "",
        sign_url=url("sign", when=signs),
        send_back_url=url("send_back", when=signs),
    )


def _ask_url(found: Return) -> str:
    """The form for whoever signs; it carries the version that was read, whatever is saved until it is sent."""
    return reverse("together:ask_for_signature", args=[found.pk]) + f"?{CHECKED}={found.version}"


def _words(found: Return, request: SignatureRequest | None, *, person: User, now: datetime) -> str:
    if request is None:
        return ""
    signer = person_in_words(request.signer, reader=person)
    if request.outcome == SignatureOutcome.SENT_BACK and request.ended_at:
        return f"Sent back unsigned by {signer} {past_in_words(request.ended_at, now=now)}. The reason:"
    if request.outcome == SignatureOutcome.SIGNED and request.ended_at:
        return f"Signed by {signer} {past_in_words(request.ended_at, now=now)}."
    if request.outcome:
        return ""
    asked = f"Sent to {signer} for signature {past_in_words(request.asked_at, now=now)}."
    if request.version == found.version:
        return f"{asked} Nothing is locked: if an answer is changed, it has to be sent anew."
    return f"{asked} An answer was changed since, so it can no longer be signed. Check the answers and send them anew."
