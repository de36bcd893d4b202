"""What the commands of several rooms ask of this one."""

from django.core.management.base import CommandError

from accounts.commands import read_bytes
from survey.models import Wave


def wave_named(slug: str) -> Wave:
    """The wave with this short name, or a CommandError that lists those there are."""
    waves = {wave.slug: wave for wave in Wave.objects.opened()}
    if slug not in waves:
        known = f"There are: {', '.join(waves)}." if waves else "There is none yet: open one with open_wave."
        raise CommandError(f"There is no wave called “{slug}”. {known}")
    return waves[slug]


def read_document(path: str) -> str:
    """The text of a document file, or a CommandError that names the file and the line."""
    content = read_bytes(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise CommandError(f"{path}: line {line} is not UTF-8 text. Save the file as UTF-8 and try again.") from None
