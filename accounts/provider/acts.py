"""What is recorded of the provider's door."""

from accounts.audit.acts import declare

CAME_IN = declare("door.provider_entered", "Came in through the department’s sign-in")
TURNED_AWAY = declare("door.provider_refused", "Was turned away after the department’s sign-in")
GLASS_BROKEN = declare("door.glass_broken", "Signed in by the emergency way, past the department’s sign-in")
FORGOTTEN = declare("door.provider_forgotten", "Forgot whose the accounts at the department’s sign-in are")
