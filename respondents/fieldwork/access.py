"""Who runs a wave, and the wave they are about."""

from accounts.models import Role
from accounts.rules import staff

runs_waves = staff(Role.RESEARCHER)
