"""A page that shows the mail, so that anyone can sign in as anyone. Settings refuse it on any other host."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.rules import public
from config.demonstration.apps_shown import app_shows
from config.demonstration.mailbox import latest_letters
from config.demonstration.people import PLAYERS


@public
def mail(request: HttpRequest) -> HttpResponse:
    """The latest messages, newest first, and who there is to sign in as."""
    letters = latest_letters(Path(settings.EMAIL_FILE_PATH))
    now = timezone.now()
    players = [(player, app_shows(player, now=now)) for player in PLAYERS]
    return render(request, "demonstration/mail.html", {"letters": letters, "players": players})
