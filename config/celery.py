"""The Celery application: one doorbell, two queues and the sweeper's clock."""

import os

from celery import Celery
from celery.signals import beat_init, worker_init

from config.env import read_environment
from config.inside import require_protected
from config.outward import keep_to, listed_hosts
from config.watching import tasks as _watching  # noqa: F401 -- it listens to what tasks do

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("survey")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "accounts.audit",
        "accounts.outbox",
        "analysis.builds",
        "analysis.monitoring",
        "analysis.publishing",
        "analysis.reports",
        "respondents.backups",
        "respondents.contacts",
        "respondents.register",
        "respondents.retention",
    ]
)


@worker_init.connect
@beat_init.connect
def keep_inside(**_: object) -> None:
    """Before the first task: nothing leaves in the clear, and what workers and the scheduler may reach."""
    environment = read_environment()
    require_protected(environment)
    keep_to(listed_hosts(environment))
