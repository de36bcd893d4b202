"""Work for the worker, asked for as the pages do: builds of the report, and reminders to all boards."""

import subprocess
import sys
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from accounts.digests import bytes_digest
from accounts.outbox.models import Message
from analysis.builds import doorbell as builds
from analysis.builds.kinds import kind_of
from analysis.builds.models import Build
from analysis.builds.requesting import request_build
from bench.faults.lab import Lab
from respondents.contacts import doorbell as mailings
from respondents.contacts.models import Mailing
from respondents.register.models import Appointment
from survey.models import Wave
from tests.faults.chairs import Chair
from tests.faults.house import ROOT, House

REPORTS = ("report_pdf", "report_word")


def submitted(lab: Lab, house: House, count: int) -> list[Chair]:
    """So many chairs, each of whom has saved and submitted, so that there is something to report."""
    chairs = lab.chairs(house, count)
    for chair in chairs:
        assert chair.save(tries=20)
        assert chair.submit(tries=20)
    return chairs


def ask_for(kind: str, *, subject: str = "") -> Build:
    """A build that waits, and the ring for it; what has another subject is not the same build."""
    wave = Wave.objects.get(slug="bench")
    return request_build(wave, kind=kind_of(kind), subject=subject, person=None, now=timezone.now(), ring=builds.ring)


def as_it_is(build: Build) -> Build:
    """The build as it stands now."""
    return Build.objects.get(pk=build.pk)


def is_over(build: Build) -> bool:
    """Whether it has ended, well or not."""
    return as_it_is(build).state in {"done", "failed"}


def not_whole(build: Build) -> list[str]:
    """What is wrong with how it ended: a whole file with its digest, or a sentence and no file."""
    found = as_it_is(build)
    size = len(found.content or b"")
    if found.state == "done" and bytes_digest(bytes(found.content or b"")) == found.digest:
        return []
    if found.state == "failed" and found.doing and not size:
        return []
    return [f"{found.kind} is “{found.state}”, says “{found.doing}” and has {size} bytes"]


def remind() -> Mailing:
    """A reminder run that is due now, and the ring for it."""
    person, now = Appointment.objects.select_related("person")[0].person, timezone.now()
    due_at = now - timedelta(seconds=1)
    run = Mailing.objects.create(wave=Wave.objects.get(slug="bench"), due_at=due_at, made_by=person, made_at=now)
    mailings.ring([run.pk])
    return run


def reminders(run: Mailing) -> QuerySet[Message]:
    """The letters of the run."""
    return Message.objects.filter(key__startswith=f"reminder:{run.pk}:")


def all_sent(run: Mailing, count: int) -> bool:
    """Whether so many letters of the run have gone."""
    return reminders(run).filter(state="done").count() == count


def manage(house: House, *arguments: str, **variables: str) -> str:
    """What a command of operators said, in the product's environment; it must end well."""
    command = (sys.executable, str(ROOT / "manage.py"), *arguments)
    told = house.environment | variables
    done = subprocess.run(command, env=told, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"{arguments[0]} ended with {done.returncode}: {done.stderr[-500:]}"
    return done.stdout
