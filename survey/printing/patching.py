"""What we change of WeasyPrint and pydyf must be there: at another version our change would be lost without a word."""

from collections.abc import Container


class NothingToChangeError(Exception):
    """What we change of a library is not there in the version that is installed; says what, and what to do."""


def require(where: str, there: Container[str], *names: str) -> None:
    """Raise NothingToChangeError unless all of these names are there."""
    missing = [name for name in names if name not in there]
    if missing:
        raise NothingToChangeError(
            f"{where} in this version: there is no {', '.join(missing)}, which we change. Install the version that "
            "requirements.txt names, or look anew at what survey/printing changes."
        )
