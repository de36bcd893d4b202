"""Codes and what is stored of them. Letters only, none that make words or look alike; any typing of them counts."""

import hmac
import secrets
import string

from django.utils.crypto import salted_hmac

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_FILLING = str.maketrans("", "", string.punctuation + string.whitespace + "\u00a0\u2010\u2011\u2012\u2013\u2014\u200b")


def new_code(length: int = 8) -> str:
    """Letters in groups of four, such as BCDF-GHJK."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(length))
    return "-".join(letters[start : start + 4] for start in range(0, length, 4))


def new_browser_secret() -> str:
    """What the session of the browser that asks holds, so that no other browser can use the code."""
    return secrets.token_urlsafe(32)


def code_digest(code: str, *, browser: str) -> str:
    """What is stored of a code, however it was typed or pasted."""
    letters = code.translate(_FILLING).upper()
    return salted_hmac("accounts.codes.code", f"{browser}:{letters}", algorithm="sha256").hexdigest()


def browser_digest(secret: str) -> str:
    """What is stored of a browser's secret."""
    return salted_hmac("accounts.codes.browser", secret, algorithm="sha256").hexdigest()


def is_same(one: str, other: str) -> bool:
    """Whether two digests are equal, in a time that tells nothing."""
    return hmac.compare_digest(one, other)
