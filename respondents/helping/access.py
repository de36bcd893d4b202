"""Who helps boards, and what may be found there."""

from accounts.models import Role
from accounts.rules import staff

# Who answered is kept apart from what they said: those who see people never see answers, and the other way round.
sees_boards = staff(Role.RESEARCHER, Role.ADMINISTRATOR)
helps_boards = staff(Role.RESEARCHER)
finds_answers = staff(Role.ANALYST)
reads_answers = staff(Role.ANALYST, step_up=True)
begins_calls = staff(Role.RESEARCHER, step_up=True)
