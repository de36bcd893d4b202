"""What the doors of a room share: who came."""

from typing import cast

from django.http import HttpRequest

from accounts.models import User


def person_of(request: HttpRequest) -> User:
    """The person; the route's rule has made sure that there is one."""
    return cast("User", request.user)
