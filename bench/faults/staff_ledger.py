"""What staff were told beside what is stored, and beside what the audit says of it."""

from collections.abc import Iterable

from accounts.audit.models import AuditEntry
from accounts.outbox.models import Message
from analysis.builds.models import Build
from bench.faults.staff import Noted
from bench.faults.works import is_over, not_whole
from respondents.contacts.models import Mailing
from tests.faults.chairs import wait_for

PATIENCE = 120.0


def staff_violations(noted: Noted, *, boards: int) -> list[str]:
    """Everything in which the two disagree, once what was begun has had its time."""
    mailings, builds = _done(noted), list(Build.objects.filter(pk__in=noted.asked))
    for build in builds:
        wait_for(lambda b=build: is_over(b), seconds=PATIENCE)  # type: ignore[misc]
    found = [f"the mailing {each} is gone" for each in noted.planned - set(mailings)]
    found += [f"the build {each} is gone" for each in noted.asked - {str(build.pk) for build in builds}]
    found += [problem for build in builds for problem in not_whole(build)]
    found += [
        f"the build {each} was taken away as another file" for each in noted.taken if not _is_the_same(each, noted)
    ]
    found += [problem for each in noted.sent for problem in _of_mailing(mailings[each], boards=boards)]
    return [*found, *_of_audit(noted)]


def _done(noted: Noted) -> dict[str, Mailing]:
    sent = Mailing.objects.filter(pk__in=noted.sent)
    wait_for(lambda: not sent.exclude(state="done").exists(), seconds=PATIENCE)
    return {str(each.pk): each for each in Mailing.objects.filter(pk__in=noted.planned)}


def _is_the_same(build: str, noted: Noted) -> bool:
    return noted.taken[build] == {Build.objects.values_list("digest", flat=True).get(pk=build)}


def _of_mailing(found: Mailing, *, boards: int) -> Iterable[str]:
    """Each board was reminded once or left out once, and each letter has an end."""
    if found.state != "done":
        yield f"the mailing {found.pk} is “{found.state}”: {found.last_error}"
    letters = Message.objects.filter(key__startswith=f"reminder:{found.pk}:")
    if (letters.count(), found.queued + found.left_out) != (found.queued, boards):
        told = f"{found.queued} sent, {found.left_out} not"
        yield f"the mailing {found.pk} says {told}, and has {letters.count()} letters"
    ended = letters.filter(state__in=("done", "withdrawn")).count()
    if ended != letters.count():
        yield f"{letters.count() - ended} letters of the mailing {found.pk} did not go"


def _of_audit(noted: Noted) -> Iterable[str]:
    """An entry for each act that was told, and none for what is not stored."""
    acts = dict.fromkeys(("mailing.planned", "mailing.sent_now", "build.requested", "figures.taken"), 0)
    for act in acts:
        acts[act] = AuditEntry.objects.filter(act=act).count()
    stored = {"mailing.planned": Mailing.objects.count(), "build.requested": Build.objects.count()}
    told = {"mailing.sent_now": len(noted.sent), "figures.taken": len(noted.taken)}
    yield from (
        f"the audit has {acts[act]} entries {act}, not {many}" for act, many in stored.items() if acts[act] != many
    )
    yield from (f"the audit has {acts[act]} entries {act} of {many}" for act, many in told.items() if acts[act] < many)
