"""Whatever page of a wave somebody is on, the navigation of the house and that of the wave say where it belongs."""

import pytest
from django.urls import URLResolver, get_resolver

from config.navigation import HOUSE, WAVE

pytestmark = pytest.mark.pure
BARE = {"reports"}  # a report that is read stands alone, as it will be printed


def spaces_of_waves(within: URLResolver, above: str = "") -> set[str]:
    """The namespaces with an address below that of a wave."""
    found = set()
    for each in within.url_patterns:
        if isinstance(each, URLResolver):
            found |= spaces_of_waves(each, above + str(each.pattern))
        elif (above + str(each.pattern)).startswith("waves/<slug:slug>/"):
            found.add(str(within.namespace))
    return found


def test_each_page_of_a_wave_belongs_to_a_place_in_both_navigations() -> None:
    spaces = spaces_of_waves(get_resolver()) - BARE
    assert len(spaces) > 15
    for places in (HOUSE, WAVE):
        assert spaces <= {space for _, _, belonging in places for space in belonging}
