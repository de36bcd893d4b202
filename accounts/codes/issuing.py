"""Service for the worker: makes a code at the moment it is sent, so that it is never at rest."""

from django.utils import timezone

from accounts.codes.making import code_digest, new_code
from accounts.codes.models import SignInCode
from accounts.models import User
from accounts.outbox.letters import Letter, letter_from
from accounts.outbox.models import Message


def code_letter(message: Message) -> Letter | None:
    """The letter with a new code, whose digest is stored; nothing for a stranger or when it would come too late."""
    asked = SignInCode.objects.filter(pk=message.key.rpartition(":")[2], used_at=None).first()
    if asked is None or asked.expires_at <= timezone.now():
        return None
    if not User.objects.filter(email=asked.email, is_active=True).exists():
        return None
    code = new_code(asked.letters)
    SignInCode.objects.filter(pk=asked.pk, used_at=None).update(digest=code_digest(code, browser=asked.browser))
    return letter_from("account/email/sign_in_code.txt", {"code": code}, subject="Your sign-in code")
