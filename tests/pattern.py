"""The tables of a run are made once: the first of its processes migrates, the others copy what it has made."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from config.roles.applying import apply_roles

SHARED = "TESTS_SHARED"  # names the folder that all processes of a run share


@contextmanager
def own_database() -> Iterator[None]:
    """This process's own database, with every table and trigger in place, until the block ends."""
    folder = Path(os.environ[SHARED])
    with (folder / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        made = _copied(folder / "pattern") if (folder / "pattern").exists() else _migrated(folder / "pattern")
    yield
    teardown_databases(made, verbosity=0)


def _migrated(pattern: Path) -> list:  # type: ignore[type-arg]
    """A database made by the migrations, and its copy for the others."""
    made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    if connection.vendor == "postgresql":
        apply_roles({})
    connection.close()  # so that the file is whole, and the server lets it be copied
    if connection.vendor == "sqlite":
        shutil.copy(connection.settings_dict["NAME"], pattern)
    else:
        connection.creation.clone_test_db("pattern", verbosity=0)
        pattern.write_text(connection.creation.get_test_db_clone_settings("pattern")["NAME"])
    return made


def _copied(pattern: Path) -> list:  # type: ignore[type-arg]
    """A copy; its migrations are still asked whether anything is missing."""
    own = connection.settings_dict["TEST"]
    if is_file := connection.vendor == "sqlite":
        shutil.copy(pattern, own["NAME"])
    else:
        own["TEMPLATE"] = pattern.read_text()
    return setup_databases(verbosity=0, interactive=False, serialized_aliases=[], keepdb=is_file)
