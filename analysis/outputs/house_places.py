"""Where the house style stands for browsers: told here, since a document is made where no address can be asked for."""

from analysis.core.house_style import HouseStyle


def css_address(house: HouseStyle) -> str:
    """Return where the colours of this version stand; nothing for the plain look, which needs none."""
    return f"/house-style/{house.number}.css" if house.number else ""


def picture_address(digest: str) -> str:
    """Return where the picture of this digest stands."""
    return f"/pictures/{digest}/"
