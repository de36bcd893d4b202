"""What a test found, in words: three places, and never nought."""

SMALLEST = 0.0005  # what is less would be printed as nought


def p_in_words(p: float | None) -> str:
    """The p alone, as it stands in a column of its own."""
    if p is None:
        return "–"
    return "below 0.001" if p < SMALLEST else f"{p:.3f}"


def p_named(p: float) -> str:
    """The p as it stands in a sentence."""
    return "p below 0.001" if p < SMALLEST else f"p = {p:.3f}"
