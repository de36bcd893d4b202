"""What is recorded of the care for staff."""

from accounts.audit.acts import declare

ADDED = declare("staff.added", "Added a member of staff")
ROLE_CHANGED = declare("staff.role_changed", "Changed a member of staff’s role")
DEACTIVATED = declare("staff.deactivated", "Deactivated a member of staff")
REACTIVATED = declare("staff.reactivated", "Let a member of staff in again")
SECOND_RESET = declare("staff.second_reset", "Reset a member of staff’s second step")
