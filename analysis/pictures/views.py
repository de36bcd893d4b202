"""A door for everybody: a picture by the digest of what it holds, shown to whoever may see what it stands in."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.rules import public
from accounts.second.marks import has_passed
from analysis.pictures.models import KeptPicture
from analysis.pictures.showing import is_logo, is_out
from analysis.publishing.public.caching import kept_until, never_kept

FOR_GOOD = "public, max-age=31536000, immutable"  # what stands under a digest never changes
FOR_ONE = "private, no-store"


@public
@require_safe
@never_kept
def picture(request: HttpRequest, digest: str) -> HttpResponseBase:
    """The logo, or a picture of a report that is out; staff see all of them, as they prepare reports."""
    found, now = get_object_or_404(KeptPicture, digest=digest), timezone.now()
    response = HttpResponse(bytes(found.content), content_type=f"image/{found.kind}")
    if is_logo(found):
        response["Cache-Control"] = FOR_GOOD
    elif is_out(found, now=now):
        return kept_until(request, response, changed=None, changes=None, now=now)
    elif request.user.is_staff and has_passed(request.session):
        response["Cache-Control"] = FOR_ONE
    else:
        raise Http404
    return response
