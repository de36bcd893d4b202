"""Service for the worker: makes a code at the moment it is sent, so that it is never at rest."""

from django.conf import settings
from django.utils import timezone

from accounts.codes.making import code_digest, new_code
from accounts.codes.models import SignInCode
from accounts.models import User
from accounts.outbox.letters import Letter, letter_from
from accounts.outbox.models import Message
from accounts.provider.configured import may_use_codes


def code_letter(message: Message) -> Letter | None:
    """The letter with a new code, whose digest is stored; nothing for a stranger or when it would come too late."""
    asked = SignInCode.objects.filter(pk=message.key.rpartition(":")[2], used_at=None).first()
    if asked is None or asked.expires_at <= timezone.now():
        return None
    person = User.objects.filter(email=asked.email, is_active=True).first()
    if person is None:
        return None
    if not may_use_codes(person):
        return letter_from("account/email/sign_in_elsewhere.txt", {"site": settings.SITE_URL}, subject="How to sign in")
    code = new_code(asked.letters)
    SignInCode.objects.filter(pk=asked.pk, used_at=None).update(digest=code_digest(code, browser=asked.browser))
    return letter_from("account/email/sign_in_code.txt", {"code": code}, subject="Your sign-in code")
