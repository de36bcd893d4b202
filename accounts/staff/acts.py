"""What is recorded of the care for staff."""

from accounts.audit.acts import declare

ADDED = declare("staff.added", "Added a member of staff")
ROLE_CHANGED = declare("staff.role_changed", "Changed a member of staff’s role")
DEACTIVATED = declare("staff.deactivated", "Deactivated a member of staff")
REACTIVATED = declare("staff.reactivated", "Let a member of staff in again")
ROLE_ASKED = declare("staff.role_asked", "Asked that somebody has a role")
ROLE_APPROVED = declare("staff.role_approved", "Approved a role that another administrator asked for")
ROLE_ENDED = declare("staff.role_ended", "Refused or took back a request for a role")
SECOND_RESET = declare("staff.second_reset", "Reset a member of staff’s second step")
