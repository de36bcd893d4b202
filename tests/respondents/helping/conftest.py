"""A team on Barnet's return, and everybody of the survey team."""

from tests.respondents.correspondence.conftest import Correspondents, talk
from tests.respondents.together.conftest import Team, team

__all__ = ["Correspondents", "Team", "talk", "team"]
