"""Who runs a wave."""

from accounts.models import Role
from accounts.rules import staff

runs_waves = staff(Role.RESEARCHER)
