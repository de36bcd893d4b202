"""A request behind a rule that needs sign-in, whose user is a person; and the answer to a form that was taken."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from accounts.models import User


class SignedInRequest(HttpRequest):
    """What a view gets once its rule has let the person in."""

    user: User


def see_other(address: str) -> HttpResponse:
    """On to this page by GET after a form was taken, so that reloading sends nothing again."""
    return HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": address})
