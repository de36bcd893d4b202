"""The chair and the returns of the portal's tests."""

from tests.respondents.portal.conftest import colleague, kinds, portal

__all__ = ["colleague", "kinds", "portal"]
