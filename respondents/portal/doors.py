"""What the doors of a room share: who came, and the way on."""

from http import HTTPStatus
from typing import cast

from django.http import HttpRequest, HttpResponse

from accounts.models import User


def person_of(request: HttpRequest) -> User:
    """The person; the route's rule has made sure that there is one."""
    return cast("User", request.user)


def see_other(url: str) -> HttpResponse:
    """On to the next page by GET, so that reloading sends nothing again."""
    return HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": url})
