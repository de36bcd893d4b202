"""What the privacy notice says of times: read from the classes, so that notice and job cannot differ."""

from accounts.periods import kept
from respondents.retention.classes import CLASSES


def notice_lines() -> tuple[str, ...]:
    """One line for each kind."""
    codes = f"sign-in codes you asked for, as a digest: {kept('sign_in_codes')}"
    return (*(each.notice.strip() for each in CLASSES), codes)
