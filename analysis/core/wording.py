"""Whether a word for a share says no more than its count."""

from collections.abc import Callable, Mapping
from fractions import Fraction

Claim = Callable[[int, int], bool]
A_SMALL_NUMBER = 5
_NEAR = Fraction(5, 100)
_NAMED = {
    "four fifths": Fraction(4, 5),
    "three quarters": Fraction(3, 4),
    "two thirds": Fraction(2, 3),
    "half": Fraction(1, 2),
    "a third": Fraction(1, 3),
    "a quarter": Fraction(1, 4),
    "one in five": Fraction(1, 5),
}


def _between(low: int, high: int) -> Claim:
    return lambda k, n: low * n <= 100 * k <= high * n


def _just_under(share: Fraction) -> Claim:
    return lambda k, n: (share - _NEAR) * n <= k < share * n


def _just_over(share: Fraction) -> Claim:
    return lambda k, n: share * n < k <= (share + _NEAR) * n


def _over(share: Fraction) -> Claim:
    return lambda k, n: k > share * n


_OVER_HALF = _over(Fraction(1, 2))
CLAIMS: Mapping[str, Claim] = {
    "all": lambda k, n: k == n,
    "the vast majority": lambda k, n: 100 * k >= 85 * n,
    "about two thirds": _between(63, 70),
    "the majority": _OVER_HALF,
    "most": _OVER_HALF,
    "about half": _between(48, 52),
    "nearly half": lambda k, n: 45 * n <= 100 * k and 2 * k < n,
    "nearly a quarter": _just_under(Fraction(1, 4)),
    "about two fifths": _between(38, 42),
    "about a third": _between(31, 36),
    "about a quarter": _between(23, 27),
    "one in five": _between(18, 22),
    "a small number": lambda k, _: k <= A_SMALL_NUMBER,
    "none": lambda k, _: k == 0,
    **{f"just under {name}": _just_under(share) for name, share in _NAMED.items()},
    **{f"just over {name}": _just_over(share) for name, share in _NAMED.items()},
    **{f"more than {name}": _over(share) for name, share in _NAMED.items()},
    **{f"over {name}": _over(share) for name, share in _NAMED.items()},
}


def is_borne_out(words: str, *, k: int, n: int) -> bool:
    """Whether k of n bears the words out, on the unrounded share. Raises ValueError for unknown words or counts."""
    if not 0 <= k <= n or n == 0:
        raise ValueError(f"A claim needs 0 <= k <= n and n above zero, not {k} of {n}.")
    claim = CLAIMS.get(words.casefold())
    if claim is None:
        raise ValueError(f"“{words}” is not a claim that can be checked: use one of {', '.join(CLAIMS)}.")
    return claim(k, n)


def holds_for_population(words: str, *, low_count: int, population: int, differs: bool) -> bool:
    """Whether the words may speak of all boards: the exact lower limit does, and who answered differs little."""
    return not differs and is_borne_out(words, k=low_count, n=population)
