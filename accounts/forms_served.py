"""What views do with a form that is right in itself: the service has the last word."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.forms import BaseForm


def carried_out(form: BaseForm, act: Callable[[], object], *, field: str | None = None) -> bool:
    """Whether `act` went through; otherwise why not stands beside `field`, or where the error says."""
    try:
        act()
    except ValidationError as error:
        form.add_error(field, error)
        return False
    return True
