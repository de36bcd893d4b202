"""Whole percentages from whole counts, rounded half up with integers only."""


def percent(k: int, n: int) -> int:
    """Return k of n as a whole percentage, halves rounded up: floor((200k + n) / 2n)."""
    if n <= 0:
        raise ValueError(f"A percentage needs a base above zero, not {n}.")
    if k < 0:
        raise ValueError(f"A percentage needs a count of zero or more, not {k}.")
    return (200 * k + n) // (2 * n)
