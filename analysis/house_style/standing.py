"""Which house style stands now, and which one a build was made in."""

from dataclasses import replace
from datetime import datetime

from analysis.builds.models import Build
from analysis.core.document.blocks import Document
from analysis.core.house_style import PLAIN, HouseStyle
from analysis.house_style.models import HouseStyleVersion
from analysis.pictures.keeping import picture_of


def house_now() -> HouseStyle:
    """The latest version; the plain look while there is none."""
    found = HouseStyleVersion.objects.select_related("logo").first()
    return house_of(found) if found else PLAIN


def house_at(moment: datetime) -> HouseStyle:
    """The version that stood at this moment."""
    found = HouseStyleVersion.objects.select_related("logo").filter(changed_at__lte=moment).first()
    return house_of(found) if found else PLAIN


def house_for_build(build: Build, *, at: datetime | None = None) -> HouseStyle:
    """The house style that the build is made in, whose number it notes: the latest, or the one of a moment."""
    found = house_at(at) if at else house_now()
    Build.objects.filter(pk=build.pk).update(house_version=found.number)
    return found


def dressed(document: Document, house: HouseStyle) -> Document:
    """The document in this house style."""
    return replace(document, cover=replace(document.cover, house=house))


def house_of(version: HouseStyleVersion) -> HouseStyle:
    """The version as documents take it."""
    return HouseStyle(
        number=version.number,
        department=version.department,
        publisher=version.publisher,
        contact=version.contact,
        main=version.main,
        accent=version.accent,
        logo=picture_of(version.logo, words=version.logo_words) if version.logo else None,
    )
