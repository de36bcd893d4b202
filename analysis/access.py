"""Who may open the staff's pages."""

from accounts.models import Role
from accounts.rules import staff

watches = staff(Role.RESEARCHER, Role.ANALYST, Role.ADMINISTRATOR)
tabulates = staff(Role.RESEARCHER, Role.ANALYST)
takes_tables = staff(Role.RESEARCHER, Role.ANALYST, step_up=True)
