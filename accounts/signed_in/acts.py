"""What is recorded when staff end sessions."""

from accounts.audit.acts import declare

ENDED = declare("door.sessions_ended", "Ended sessions from another browser")
ENDED_BY_OPERATOR = declare("door.sessions_ended_by_operator", "Had their sessions ended by an operator")
