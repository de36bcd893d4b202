"""What is recorded of the staff's door."""

from accounts.audit.acts import declare

CODE_ENTERED = declare("door.code_entered", "Entered the emailed code")
SIGNED_IN = declare("door.signed_in", "Signed in")
CONFIRMED = declare("door.confirmed", "Confirmed who they are again")
FAILED = declare("door.second_failed", "Failed the second step of signing in")
LOCKED = declare("door.second_locked", "Was kept out after too many wrong codes")
SET_UP = declare("door.second_set_up", "Set up the second step of signing in")
NEW_RECOVERY = declare("door.recovery_made", "Made new recovery codes")
REFUSED = declare("door.refused", "Was refused a page that their role may not open")
TIMED_OUT = declare("door.timed_out", "Was signed out after a time")
SIGNED_OUT = declare("door.signed_out", "Signed out")
