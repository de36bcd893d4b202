"""What in a text may point to one person: patterns only, so a name that stands alone is not found. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Finding:
    """A passage that may point to one person: what it looks like, and where it stands."""

    kind: str
    start: int
    end: int


def scan(text: str) -> tuple[Finding, ...]:
    """Every passage found, in order of place; where two overlap the kind that was looked for first keeps it."""
    taken: list[Finding] = []
    for kind, pattern, proves in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span(match.lastgroup or 0)
            is_free = all(end <= other.start or other.end <= start for other in taken)
            if is_free and proves(text[start:end]):
                taken.append(Finding(kind, start, end))
    return tuple(sorted(taken, key=lambda found: found.start))


def _digits(passage: str) -> list[int]:
    return [int(sign) for sign in passage if sign.isdigit()]


def is_nhs_number(passage: str) -> bool:
    """Whether the ten digits end in the check digit of an NHS number: modulus 11, weights 10 to 2."""
    digits = _digits(passage)
    rest = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return any(digits) and rest % 11 == digits[9] and rest != 10


_PUPIL_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"


def is_pupil_number(passage: str) -> bool:
    """Whether the first letter is the check letter of a unique pupil number: modulus 23, weights 2 to 13."""
    digits = _digits(passage)
    return (
        _PUPIL_LETTERS[sum(digit * weight for weight, digit in enumerate(digits, start=2)) % 23] == passage[0].upper()
    )


def _is_national_insurance(passage: str) -> bool:
    return passage[:2].upper() not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}


_ORDINAL = re.compile(r"[A-Z0-9]+\s\d(?:st|nd|rd|th)")


def _is_no_ordinal(passage: str) -> bool:
    """“B1 2nd” is the second of something; a person types a postcode in one case."""
    return not _ORDINAL.fullmatch(passage)


_NUMBERED = re.compile(
    r"\b(?:Recommendations?|Table|Question|Chapter|Section|Figure|Part|Page|Rec|Step|Annex|Appendix|Note|Item|Year|Years"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|Since|Until|In|By|And|Of"
    r"|Phase|Stage|Level|Tier|Group|Version|Volume|Paragraph|Objective|Priority|Standard|Total)\b"
)


def _is_no_heading(passage: str) -> bool:
    """“Recommendation (7)” has a number, not an age."""
    return not _NUMBERED.search(passage)


def _always(_: str) -> bool:
    return True


_GAP = r"[ \t\u00a0.\-\u2010\u2011\u2013]?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = (
    rf"(?:\d{{1,2}}[./\-]\d{{1,2}}[./\-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}\.?,?(?:\s\d{{2,4}})?"
    rf"|{_MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|{_MONTH}\.?\s\d{{4}}|(?:19|20)\d{{2}})"
)
_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
)
_AGE = rf"(?:1?\d|{_NUMBER_WORD})"
_NO_RANGE = r"(?!\d|\+|\s*(?:-|\u2013|to\b|and\b|or\b|plus\b|years?\s(?:and|or)\b))"

# What looks like what, in the order in which passages are taken; the last column proves what a pattern cannot.
_PATTERNS: Final[tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...]] = (
    (
        "an email address",
        re.compile(
            r"(?<![\w.+%'\-])[\w.+%'\-]+(?:@|\s?[\[(]at[\])]\s?)[\w\-]+(?:(?:\.|\s?[\[(]dot[\])]\s?)[\w\-]+)+",
            re.IGNORECASE,
        ),
        _always,
    ),
    ("an NHS number", re.compile(rf"(?<!\d)(?=(?P<found>\d(?:{_GAP}\d){{9}})(?!\d))"), is_nhs_number),
    ("a pupil number", re.compile(rf"\b[A-HJ-NP-RT-Z](?:{_GAP}\d){{12}}\b", re.IGNORECASE), is_pupil_number),
    (
        "a National Insurance number",
        re.compile(rf"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:{_GAP}\d){{6}}{_GAP}[A-D]\b", re.IGNORECASE),
        _is_national_insurance,
    ),
    (
        "a telephone number",
        re.compile(r"(?<![\d.])(?:\(?(?:\+|00)44\)?[\s.\-]{0,2}(?:\(0\))?|\(?0)(?:[\s().\-]{0,2}\d){9,10}(?!\d)"),
        _always,
    ),
    (
        "a postcode",
        re.compile(
            r"\b(?:GIR[\s\-]{0,2}0AA|(?:[A-PR-UWYZ][0-9][0-9A-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)"
            r"[\s\-]{0,2}[0-9][ABD-HJLNP-UW-Z]{2})\b",
            re.IGNORECASE,
        ),
        _is_no_ordinal,
    ),
    (
        "a date of birth",
        re.compile(
            rf"\b(?:d\.?o\.?b\b\.?|dates?\sof\sbirth|born|birthday)[:\s\-]*(?:is|was|on|in)?\s*{_DAY}", re.IGNORECASE
        ),
        _always,
    ),
    (
        "the age of one person",
        re.compile(
            rf"\b{_AGE}[\s\-](?:years?|yrs?|months?|weeks?)[\s\-]old\b(?!s)"
            rf"|\b(?:aged|age\sof|age)[:\s]\s?{_AGE}\b{_NO_RANGE}",
            re.IGNORECASE,
        ),
        _always,
    ),
    (
        "a name with an age",
        re.compile(r"\b[A-Z][a-z]{1,20}(?:\s[A-Z][a-z]{1,20})?(?:\s\((?:aged\s)?1?\d\)|,\s1?\d,)"),
        _is_no_heading,
    ),
    (
        "a case number",
        re.compile(
            r"\b(?:case|client|child|family|file|referral|LCS|ICS|SCR)\s?(?:no\.?|number|reference|ref\.?|id)[:\s]\s?"
            r"[A-Z]{0,4}[\-/]?\d[\w/\-]{2,20}",
            re.IGNORECASE,
        ),
        _always,
    ),
    (
        "one child or family",
        re.compile(r"\b(?:Baby|Child|Family|Sibling|Mother|Father)\s[A-HJ-Z]\b(?![\w'’.])"),
        _always,
    ),
)
