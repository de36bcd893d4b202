"""Services: boards, authorities and people are added and corrected one at a time, with history and audit."""

from collections.abc import Mapping
from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit.acts import Act
from accounts.audit.recording import account_words, record
from accounts.models import User
from accounts.outbox.fates import readdress
from accounts.people import clean_email
from accounts.signed_in.ending import shut_out
from respondents.register.acts import AUTHORITY_ADDED, AUTHORITY_CHANGED, BOARD_ADDED, BOARD_CHANGED, PERSON_CHANGED
from respondents.register.applying import Author, apply_moves
from respondents.register.history import ChangeKind, Subject, Value, differences, hold_register
from respondents.register.models import Authority, Board
from respondents.register.planning import Move, deprived
from respondents.register.snapshot import Snapshot, snapshot_about
from respondents.register.telling import note_while_open, tell_of_address

Fields = Mapping[str, Value]


@transaction.atomic
def add_board(slug: str, *, fields: Fields, reason: str, by: User, now: datetime) -> Board:
    """A new board; ValidationError if the short name is taken or an authority is not known or not free."""
    hold_register()
    if Board.objects.filter(slug=slug).exists():
        raise ValidationError({"slug": f"There is a board called “{slug}” already. Choose another short name."})
    move = Move(Subject.BOARD, (slug,), str(fields["name"]), ChangeKind.ADDED, {}, dict(fields))
    return _apply_to_board(move, BOARD_ADDED, Author(by, now, reason=reason))


@transaction.atomic
def change_board(board: Board, *, fields: Fields, reason: str, by: User, now: datetime) -> Board:
    """The board with these fields in place of what stood there; the same fields again change nothing."""
    hold_register()
    before = snapshot_about(boards=[board.slug]).boards[board.slug]
    changed = differences(before, dict(fields))
    if not changed:
        return board
    kind = ChangeKind.ENDED if [*changed] == ["ended_on"] and fields["ended_on"] else ChangeKind.CHANGED
    after = {name: values[1] for name, values in changed.items()}
    old = {name: values[0] for name, values in changed.items()}
    move = Move(Subject.BOARD, (board.slug,), str(fields.get("name", board.name)), kind, old, after)
    return _apply_to_board(move, BOARD_CHANGED, Author(by, now, reason=reason))


def _apply_to_board(move: Move, act: Act, author: Author) -> Board:
    """The move, and what it takes from other boards; refused if it would leave one of them without an authority."""
    slug, codes = move.key[0], [str(code) for code in move.after.get("authorities") or ()]
    found = snapshot_about(boards=[slug], authorities=codes)
    _require_known(codes, found)
    losing = deprived([move], found)
    for other in losing:
        if not other.after["authorities"] and found.boards[other.key[0]]["ended_on"] is None:
            message = f"{other.about} covers nothing else. End that board first, or leave it its authority."
            raise ValidationError({"authorities": message})
    apply_moves([move, *losing], found, author)
    board = Board.objects.get(slug=slug)
    record(act, by=author.by, subject=board, detail={"fields": sorted(move.after)}, now=author.now)
    return board


def _require_known(codes: list[str], found: Snapshot) -> None:
    unknown = [code for code in codes if code not in found.authorities]
    if unknown:
        message = f"No authority has the code {unknown[0]}. Add the authority first, or correct the code."
        raise ValidationError({"authorities": message})
    if twice := next((code for code in codes if codes.count(code) > 1), ""):
        raise ValidationError({"authorities": f"{twice} stands there twice. Remove one."})


@transaction.atomic
def add_authority(code: str, *, fields: Fields, reason: str, by: User, now: datetime) -> Authority:
    """A new authority; ValidationError if the code is taken."""
    hold_register()
    if Authority.objects.filter(gss_code=code).exists():
        raise ValidationError({"gss_code": f"There is an authority with the code {code} already."})
    move = Move(Subject.AUTHORITY, (code,), str(fields["name"]), ChangeKind.ADDED, {}, dict(fields))
    apply_moves([move], Snapshot({}, {}, {}), Author(by, now, reason=reason))
    authority = Authority.objects.get(gss_code=code)
    record(AUTHORITY_ADDED, by=by, subject=authority, now=now)
    return authority


@transaction.atomic
def change_authority(authority: Authority, *, fields: Fields, reason: str, by: User, now: datetime) -> None:
    """The authority with these fields; the same fields again change nothing."""
    hold_register()
    code = authority.gss_code
    found = snapshot_about(authorities=[code])
    changed = differences(found.authorities[code], dict(fields))
    if not changed:
        return
    old, after = ({name: values[at] for name, values in changed.items()} for at in (0, 1))
    about = str(fields.get("name", authority.name))
    move = Move(Subject.AUTHORITY, (code,), about, ChangeKind.CHANGED, old, after)
    apply_moves([move], found, Author(by, now, reason=reason))
    record(AUTHORITY_CHANGED, by=by, subject=authority, detail={"fields": sorted(changed)}, now=now)


@transaction.atomic
def change_person(person: User, *, name: str, email: str, reason: str, by: User, now: datetime) -> None:
    """The person's name and the address they sign in with; ValidationError if somebody else has the address.

    Under a new address they sign in anew, and what did not arrive at the old one goes there.
    """
    hold_register()
    email = clean_email(email)
    if User.objects.filter(email=email).exclude(pk=person.pk).exists():
        raise ValidationError({"email": f"Somebody else has the address {email}. Appoint that person instead."})
    changed = differences({"name": person.name, "email": person.email}, {"name": name, "email": email})
    if not changed:
        return
    about, old = str(person), person.email
    person.name, person.email = name, email
    person.save(update_fields=["name", "email"])
    EmailAddress.objects.filter(user_id=person.pk).update(email=email)
    if "email" in changed:
        readdress(old, new=email)
        shut_out(person)  # who came in by the old address may be somebody else
    author = Author(by, now, reason=reason)
    change = author.change(Subject.PERSON, person.pk, board=None, about=about, kind=ChangeKind.CHANGED, values=changed)
    change.save()
    said = account_words(person)
    record(PERSON_CHANGED, by=by, subject=person, about=said, detail={"fields": sorted(changed)}, now=now)
    if "email" in changed:
        tell_of_address(person, old=old, key=change.pk, by=by, now=now)
        chaired = Board.objects.filter(appointments__person=person)
        note_while_open(chaired, about=said, by=by, now=now)
