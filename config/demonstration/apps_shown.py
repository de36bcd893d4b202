"""What the authenticator apps of the demonstration's staff show now, as nobody could know anywhere else."""

from datetime import datetime

from allauth.mfa import app_settings

from accounts.second.trying import digits_of
from config.demonstration.people import STAFF_PLAYERS, Player


def app_shows(player: Player, *, now: datetime) -> str:
    """Six digits; nothing for those who need none."""
    return digits_of(player.secret, int(now.timestamp()) // app_settings.TOTP_PERIOD) if player in STAFF_PLAYERS else ""
