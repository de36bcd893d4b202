"""What stands at the head of every public page: whose it is."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from analysis.core.house_style import HouseStyle
from analysis.house_style.standing import house_now
from analysis.outputs.house_places import css_address, picture_address


def shown(request: HttpRequest, template: str, context: Mapping[str, object]) -> HttpResponse:
    """The page, in the house style that stands now."""
    house = house_now()
    return render(request, template, {**context, **_masthead(house)})


def _masthead(house: HouseStyle) -> dict[str, object]:
    logo_url = picture_address(house.logo.digest) if house.logo else ""
    return {"house": house, "house_url": css_address(house), "logo_url": logo_url}
