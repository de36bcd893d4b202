"""How far two colours are told apart, as WCAG 2.2 reckons it."""

import re

COLOUR = re.compile(r"#[0-9A-F]{6}")
WHITE = "#FFFFFF"
TEXT = 4.5  # to 1: what words need on what is behind them (WCAG 2.2, 1.4.3)
WEIGHTS = (0.2126, 0.7152, 0.0722)
LINEAR_TO = 0.04045  # up to here a channel of sRGB is a straight line


def luminance(colour: str) -> float:
    """Return how light a colour is, from 0 (black) to 1 (white); it is written as #12436D."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = (each / 12.92 if each <= LINEAR_TO else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return sum(weight * each for weight, each in zip(WEIGHTS, linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the ratio of two colours, from 1 (none) to 21 (black and white): (L1 + 0.05) / (L2 + 0.05), L1 lighter."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
