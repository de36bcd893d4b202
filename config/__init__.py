"""How the rooms are put together: settings, urls, background work, the demonstration and the set-up."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
