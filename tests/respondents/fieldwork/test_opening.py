"""Opening a wave freezes the frame."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from respondents.fieldwork.opening import open_wave
from respondents.register.models import Board
from respondents.returns.models import FrameAuthority
from survey.models import Wave
from tests.builders import NOW, published, wave

pytestmark = pytest.mark.django_db


def test_the_frame_has_one_return_for_each_board_with_strata_and_authorities() -> None:
    opened = wave()

    strata = set(opened.returns.values_list("board__slug", "authority_type", "region"))
    assert strata == {
        ("barnet", "London borough", "Outer London"),
        ("derby-and-derbyshire", "County", "East Midlands"),
    }
    authorities = FrameAuthority.objects.order_by("gss_code").values_list("gss_code", "authority_type")
    assert list(authorities) == [("E06000015", "Unitary"), ("E09000003", "London borough"), ("E10000007", "County")]


def test_the_frame_does_not_follow_later_changes_of_the_register() -> None:
    opened = wave()

    Board.objects.update(region="South West")

    assert set(opened.returns.values_list("region", flat=True)) == {"Outer London", "East Midlands"}


@pytest.mark.parametrize(
    ("slug", "days", "message"),
    [
        ("munro-2012", 1, "There is a wave called munro-2012 already"),
        ("other", 0, "The closing time is not after the opening time"),
        ("not a slug", 1, "valid “slug”"),
    ],
)
def test_a_wave_that_cannot_be_run_is_refused_with_the_reason(slug: str, days: int, message: str) -> None:
    first = wave()

    with pytest.raises(ValidationError, match=message):
        open_wave(
            slug,
            title="Another",
            version=published(),
            plan="",
            opens_at=NOW,
            closes_at=NOW + timedelta(days=days),
            now=NOW,
        )

    assert list(Wave.objects.all()) == [first]


def test_an_empty_register_opens_nothing() -> None:
    with pytest.raises(ValidationError, match="The register holds no board"):
        open_wave(
            "w", title="W", version=published(), plan="", opens_at=NOW, closes_at=NOW + timedelta(days=1), now=NOW
        )
