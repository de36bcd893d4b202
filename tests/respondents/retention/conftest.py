"""A board's return on which everybody has written."""

from tests.respondents.correspondence.conftest import talk
from tests.respondents.together.conftest import team

__all__ = ["talk", "team"]
