"""The pictures that a report may name: kept under a name, with what they show; the latest of a name counts."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.core.document.blocks import PictureBlock
from analysis.core.house_style import Picture
from analysis.pictures.keeping import keep_picture, picture_of
from analysis.templating.models import ReportPicture
from survey.models import Wave

ADDED = declare("report.picture_added", "Added a picture for reports")


@dataclass(frozen=True)
class NewPicture:
    """What is kept with a picture; `title` is printed above it, and may be empty."""

    name: str
    picture: Picture
    words: str
    title: str


@transaction.atomic
def add_picture(wave: Wave, new: NewPicture, *, by: User, now: datetime) -> ReportPicture:
    """Keeps the picture under its name; reports that are made from now on show it, in place of one before it."""
    row = ReportPicture.objects.create(
        wave=wave,
        name=new.name,
        words=new.words,
        title=new.title,
        picture=keep_picture(new.picture, by=by, now=now),
        added_by=by,
        added_at=now,
    )
    detail = {"name": new.name, "digest": new.picture.digest}
    record(ADDED, by=by, subject=row, about=wave.title, wave=wave.slug, detail=detail, now=now)
    return row


def pictures_at(wave: Wave, moment: datetime) -> dict[str, PictureBlock]:
    """The pictures as they stood at this moment, by name."""
    rows = ReportPicture.objects.filter(wave=wave, added_at__lte=moment).select_related("picture").order_by("pk")
    return {row.name: PictureBlock(picture_of(row.picture, words=row.words), row.title) for row in rows}
