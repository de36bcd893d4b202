"""Services: something that the hour decides on is done at the hour at which its turn has come."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from accounts import clock
from respondents.fieldwork.drafting import lock_wave
from survey.models import Wave

T = TypeVar("T")


@transaction.atomic
def in_turn(wave: Wave, do: Callable[[datetime], T]) -> T:
    """Waits for whoever else changes the wave, and only then looks at the clock: no hour passes in between unseen."""
    lock_wave(wave)
    return do(clock.now())
