"""The people and returns of the neighbours' tests."""

from tests.respondents.portal.conftest import colleague, kinds, portal
from tests.respondents.together.conftest import signed, team

__all__ = ["colleague", "kinds", "portal", "signed", "team"]
