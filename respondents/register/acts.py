"""What staff do to the register, as the audit names it."""

from accounts.audit.acts import declare

IMPORTED = declare("register.imported", "Imported a register")
IMPORT_UNDONE = declare("register.import_undone", "Undid an import of the register")
EXPORTED = declare("register.exported", "Took away the register")
BOARD_ADDED = declare("register.board_added", "Added a board")
BOARD_CHANGED = declare("register.board_changed", "Changed a board")
AUTHORITY_ADDED = declare("register.authority_added", "Added an authority")
AUTHORITY_CHANGED = declare("register.authority_changed", "Changed an authority")
AUTHORITIES_SUCCEEDED = declare("register.authorities_succeeded", "Recorded that authorities merged or split")
PERSON_CHANGED = declare("register.person_changed", "Changed a chair’s name or address")
CHAIR_APPOINTED = declare("register.chair_appointed", "Appointed a chair")
CHANGED_WHILE_OPEN = declare("register.changed_while_open", "Changed who may open a return while its survey was open")
APPOINTMENT_CHANGED = declare("register.appointment_changed", "Corrected or ended an appointment")
