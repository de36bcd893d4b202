"""Service: the file of a finished build, which is what was built or nothing."""

import logging

from django.utils.module_loading import import_string

from accounts.digests import bytes_digest
from analysis.builds.kinds import kind_of
from analysis.builds.models import Build
from analysis.builds.refusals import DamagedProduct

log = logging.getLogger("survey.builds")


def handed_out(build: Build) -> bytes:
    """The file for a person who may have it; a Refusal where its source stands no more, or DamagedProduct."""
    stands = kind_of(build.kind).stands
    if stands:
        import_string(stands)(build)
    return product_of(build)


def product_of(build: Build) -> bytes:
    """The file, after its digest was checked; DamagedProduct if it is not what was built."""
    content = bytes(build.content or b"")
    if bytes_digest(content) != build.digest:
        log.error("build %s: what is stored is not what was built", build.pk)
        raise DamagedProduct(
            f"What is stored of “{kind_of(build.kind).words}” is not what was built: its digest differs. Nothing was "
            "handed out. Build it again, and tell the administrator."
        )
    return content


def file_name_of(build: Build) -> str:
    """What the file is called where it is saved."""
    names = {"wave": build.wave.slug, "number": build.number or "", "subject": build.subject}
    return kind_of(build.kind).file_name.format(**names)
