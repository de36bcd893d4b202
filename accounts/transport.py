"""Addresses for programs do not lead from http to https: a program would go on sending its token in the clear."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

SAID = "This address answers over https only. If a token or key was sent to it in the clear, have it changed.\n"


class ProgramsMiddleware:
    """Refuses what programs ask for in the clear; people are led on by Django."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info.lstrip("/")
        in_the_clear = settings.SECURE_SSL_REDIRECT and not request.is_secure()
        if in_the_clear and any(each.match(path) for each in settings.FOR_PROGRAMS):
            return HttpResponseForbidden(SAID, content_type="text/plain; charset=utf-8")
        return self.get_response(request)
