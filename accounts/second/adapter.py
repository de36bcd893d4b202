"""What allauth's second factors keep, they keep encrypted under a key that only the environment can tell."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


class SurveyMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets of authenticator apps and recovery codes are never at rest in the clear."""

    def encrypt(self, text: str) -> str:
        """Under the newest key."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Under whichever key it was encrypted with."""
        return _keys().decrypt(encrypted_text.encode()).decode()


def encrypted_anew(encrypted_text: str) -> str:
    """The same text under the newest key."""
    return _keys().rotate(encrypted_text.encode()).decode()


def _keys() -> MultiFernet:
    known = (*settings.SECOND_STEP_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    secrets = [str(secret) for secret in known]
    digests = [sha256(f"accounts.second:{secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
