"""The acts of staff in a wave's life that are recorded."""

from accounts.audit.acts import declare

STARTED = declare("wave.started", "Started to prepare a wave")
CHANGED = declare("wave.prepared", "Changed how a wave is prepared")
OVERRIDDEN = declare("wave.approval_overridden", "Decided to open a wave without an approval")
OPENED = declare("wave.opened", "Opened a wave")
EXTENDED = declare("wave.extended", "Extended a wave")
CLOSED = declare("wave.closed", "Closed a wave early")
DELETED = declare("wave.deleted", "Deleted a draft or a test wave with its data")
