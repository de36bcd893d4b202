"""The files in BACKUP_FOLDER: each sealed copy beside its manifest, both whole or not there."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from django.conf import settings

from respondents.backups.facts import Facts
from respondents.backups.refusals import CannotBackUp

SEALED, MANIFEST = ".dump.age", ".json"


@dataclass(frozen=True)
class Manifest:
    """What a sealed copy is, without opening it."""

    name: str
    made_at: datetime
    size: int
    digest: str
    facts: Facts

    @property
    def path(self) -> Path:
        """The sealed file."""
        return folder() / (self.name + SEALED)

    def as_bytes(self) -> bytes:
        """As it is kept."""
        told = {"name": self.name, "made_at": self.made_at.isoformat(), "size": self.size, "digest": self.digest}
        return json.dumps(told | {"facts": self.facts.as_json()}, indent=1).encode()

    @classmethod
    def read(cls, path: Path) -> Self:
        """CannotBackUp where the file is not a manifest."""
        try:
            told: dict[str, Any] = json.loads(path.read_bytes())
            made_at, facts = datetime.fromisoformat(told["made_at"]), Facts(**told["facts"])
            return cls(path.stem, made_at, int(told["size"]), str(told["digest"]), facts)
        except (OSError, ValueError, KeyError, TypeError):
            raise CannotBackUp(f"{path} cannot be read as the manifest of a backup.") from None


def folder() -> Path:
    """Where backups are kept; CannotBackUp where none is named, or it is not there."""
    if not settings.BACKUP_FOLDER:
        raise CannotBackUp("No place for backups is set: set BACKUP_FOLDER and BACKUP_RECIPIENT.")
    found = Path(settings.BACKUP_FOLDER)
    if not found.is_dir():
        raise CannotBackUp(f"The folder {found} for backups is not there.")
    return found


def newest() -> Manifest:
    """The last backup; CannotBackUp where there is none."""
    manifests = sorted(folder().glob(f"*{MANIFEST}"))
    if not manifests:
        raise CannotBackUp(f"There is no backup in {folder()}.")
    return Manifest.read(manifests[-1])


@contextmanager
def whole_or_not_there(name: str) -> Iterator[None]:
    """Where something fails meanwhile, neither the sealed file of this name nor its manifest is left."""
    try:
        yield
    except BaseException:
        for ending in (SEALED, MANIFEST):
            for left in (name + ending, f".{name}{ending}.unfinished"):
                with suppress(OSError):
                    (folder() / left).unlink(missing_ok=True)
        raise


def write_sealed(name: str, pieces: Iterable[bytes]) -> tuple[int, str]:
    """Writes the file whole or not at all; its size and digest."""
    size, digest = 0, hashlib.sha256()
    target = folder() / (name + SEALED)
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    except OSError as error:
        raise CannotBackUp(f"{target} cannot be written ({error.strerror}).") from None
    finally:
        unfinished.unlink(missing_ok=True)
    _settle(target.parent)
    return size, digest.hexdigest()


def write_manifest(manifest: Manifest) -> None:
    """Beside its sealed file: from here on the backup counts."""
    target = folder() / (manifest.name + MANIFEST)
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            file.write(manifest.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
        _settle(target.parent)
    except OSError as error:
        raise CannotBackUp(f"{target} cannot be written ({error.strerror}).") from None


def digest_of_file(path: Path) -> str:
    """SHA-256 of what is there now."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CannotBackUp(f"{path} cannot be read ({error.strerror}).") from None


def _settle(where: Path) -> None:
    """Waits until the disk knows the new name."""
    held = os.open(where, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
