"""To whom a picture is shown: the logo to all, one of a report to whoever may read a report that shows it."""

from datetime import datetime

from analysis.house_style.models import HouseStyleVersion
from analysis.outputs.house_places import picture_address
from analysis.pictures.models import KeptPicture
from analysis.publishing.models import EditionFile, Publication
from analysis.publishing.standing import standings

WEB = "html"


def is_logo(picture: KeptPicture) -> bool:
    """Whether a house style shows it, or showed it."""
    return HouseStyleVersion.objects.filter(logo=picture).exists()


def is_out(picture: KeptPicture, *, now: datetime) -> bool:
    """Whether a report that the public may read now shows it: out, and not withdrawn."""
    asked = Publication.objects.filter(wave__report_pictures__picture=picture).distinct()
    open_now = (each for each in standings(asked) if each.withdrawal is None)
    editions = [out.edition.pk for each in open_now for out in each.out(now=now)]
    address = picture_address(picture.digest).encode()
    pages = EditionFile.objects.filter(edition__in=editions, form=WEB).values_list("content", flat=True)
    return any(address in bytes(page) for page in pages)
