"""What every page may need to know about the house."""

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, object]:
    """Whether this is the demonstration, where all answers are invented."""
    return {"demonstration": settings.DEMONSTRATION}
