"""A door for the worker: what pages show of the answers is reckoned behind them."""

from celery import shared_task
from django.utils import timezone

from analysis.monitoring.tallying import tally_waves


@shared_task(name="analysis.monitoring.tasks.tally")
def tally() -> int:
    """Makes every tally that is out of date."""
    return tally_waves(now=timezone.now())
