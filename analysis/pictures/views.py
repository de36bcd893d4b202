"""A door for everybody: a picture by the digest of what it holds, which nobody can guess."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.rules import public
from analysis.pictures.models import KeptPicture

FOR_GOOD = "public, max-age=31536000, immutable"  # what stands under a digest never changes


@public
@require_safe
def picture(_request: HttpRequest, digest: str) -> HttpResponse:
    """The picture."""
    found = get_object_or_404(KeptPicture, digest=digest)
    return HttpResponse(bytes(found.content), content_type=f"image/{found.kind}", headers={"Cache-Control": FOR_GOOD})
