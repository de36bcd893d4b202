"""Service: a file that somebody sent is looked at in a confined process, and kept if it is a picture."""

import json
import logging
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.confined.ends import Broken, Ended, Refused
from accounts.confined.limits import Limits
from accounts.confined.running import run_confined
from accounts.digests import bytes_digest
from accounts.models import User
from analysis.core.house_style import Picture
from analysis.pictures.models import KeptPicture

MOST_BYTES = 2_000_000
LIMITS = Limits(memory=1024, processor=10, time=20, file=40)
WORK = "analysis.pictures.reading.read_picture"
WARM = ("analysis.pictures.reading",)
TOO_MUCH = "The picture needs more memory or time than one may. Save it again as PNG or JPEG, with fewer pixels"
log = logging.getLogger("survey.pictures")


def looked_at(content: bytes) -> Picture:
    """The picture written anew; a ValidationError says what is wrong with the file."""
    if len(content) > MOST_BYTES:
        raise ValidationError(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Save it with fewer pixels")
    try:
        said = run_confined(WORK, content, limits=LIMITS, tell=lambda *_: None, beat=lambda: None, warm=WARM)
    except Refused as refused:
        raise ValidationError(str(refused)) from None
    except Ended as ended:
        log.warning("a picture could not be read: %s", ended.trace if isinstance(ended, Broken) else ended)
        raise ValidationError(TOO_MUCH) from None
    about, _, made = said.partition(b"\n")
    return Picture(content=made, digest=bytes_digest(made), **json.loads(about))


def keep_picture(picture: Picture, *, by: User, now: datetime) -> KeptPicture:
    """The picture in the database; the same one is kept once."""
    told = {"kind": picture.kind, "width": picture.width, "height": picture.height}
    kept, _ = KeptPicture.objects.get_or_create(
        digest=picture.digest, defaults={**told, "content": picture.content, "kept_by": by, "kept_at": now}
    )
    return kept


def picture_of(kept: KeptPicture, *, words: str) -> Picture:
    """The picture as documents take it, with what it shows."""
    made = Picture(bytes(kept.content), "png", kept.width, kept.height, kept.digest, words)
    return made if kept.kind == "png" else replace(made, kind="jpeg")
