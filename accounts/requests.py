"""A request behind a rule that needs sign-in: its user is a person."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """What a view gets once its rule has let the person in."""

    user: User
