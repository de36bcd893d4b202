"""What is shown when a page failed: that we are busy, where that is all, and otherwise that the fault is ours."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import server_error

from accounts.store.busy import RETRY_AFTER, STATUS, is_busy


def failed(request: HttpRequest) -> HttpResponse:
    """Django asks for this page while it handles the error; it is put together without the database."""
    if not is_busy(sys.exc_info()[1]):
        return server_error(request)
    response = HttpResponse(loader.get_template("503.html").render(), status=STATUS)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response
