"""Service: a second wave of the demonstration, closed and published, by the steps that the product itself takes."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from analysis.builds.models import Build
from analysis.builds.requesting import request_build
from analysis.builds.running import run_build
from analysis.disclosing.builds import DISCLOSURE
from analysis.disclosing.choosing import choose, parts_of
from analysis.disclosing.models import ChoiceKind, Release
from analysis.disclosing.releasing import check_release, prepare_release
from analysis.milestones.recording import freeze_data, record_plan
from analysis.planning import plan_of
from analysis.publishing.models import Edition, Publication, SignOff
from analysis.publishing.preparing import prepare_edition
from analysis.publishing.reporting import reports_of, request_reports
from analysis.publishing.signing import sign_off
from analysis.publishing.starting import announce, start_publication, write_words
from config.demonstration.people import ANALYST, SECOND_ANALYST
from config.demonstration.preparing import RETURNS_LAST, returns_since
from respondents.fieldwork.opening import open_wave
from respondents.returns.importing import import_returns
from survey.models import QuestionnaireVersion, Wave
from survey.working_days import is_working_day

WAVE = "munro-2012-published"
TITLE = "Survey of LSCB chairs on the Munro Review, an earlier run"
ONE_WAY = "The example shows national tables and the response by groups, so that it is ready in seconds."
FOUR_WEEKS, TO_FREEZE = timedelta(days=29), timedelta(days=2)
WORDS = {
    "summary": "57 of 148 chairs answered. Most of them see a willingness to offer early help, and doubt the means.",
    "contact_name": "The survey team",
    "contact_email": "survey-team@example.org",
    "methods": "Every board in England was asked. Its chair answered online, or handed sections to colleagues.\n\n"
    "Nobody was drawn at random: those who answered chose to.",
    "quality": "Percentages are of the boards that answered. Those that did not may think otherwise.",
    "independence": "These statistics were produced by the survey team, who alone decided on what is published, how "
    "and when. Nobody outside the team could change them.",
}


class HalfWay(Exception):
    """The example is there in part. Its text is a sentence."""


def publish_example(*, now: datetime) -> Publication | None:
    """A wave that closed and came out some days ago; nothing if it is there. HalfWay if only a part is."""
    if SignOff.objects.filter(edition__publication__wave__slug=WAVE).exists():
        return None
    if Wave.objects.filter(slug=WAVE).exists():
        raise HalfWay("An attempt before this one ended half-way. Begin anew: make clean, then make demo.")
    out = came_out(timezone.localdate(now))
    ann, bob = (User.objects.get(email=player.email) for player in (ANALYST, SECOND_ANALYST))
    wave = _closed_wave(out - FOUR_WEEKS - 2 * TO_FREEZE, now=now)
    at = wave.closes_at + TO_FREEZE
    release = _checked_release(wave, ann=ann, bob=bob, at=at)
    found = start_publication(wave, title=TITLE, by=ann, now=at)
    write_words(found, words=WORDS, by=ann, now=at)
    announce(found, day=out, by=ann, now=at)
    sign_off(_edition(found, release, by=ann, at=at), by=bob, now=at)
    return found


def came_out(today: date) -> date:
    """The last working day that is six days ago or more."""
    day = today - timedelta(days=6)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def _closed_wave(closed: date, *, now: datetime) -> Wave:
    opened = closed - RETURNS_LAST
    version = QuestionnaireVersion.objects.get(waves__slug="munro-2012")
    begun, ended = (timezone.make_aware(datetime.combine(day, time(9))) for day in (opened, closed))
    wave = open_wave(WAVE, title=TITLE, version=version, plan=version.code, opens_at=begun, closes_at=ended, now=begun)
    record_plan(wave, plan=version.code, dated=opened, by=None, now=begun)
    import_returns(wave, returns_since(opened), now=ended - timedelta(hours=1))
    return wave


def _checked_release(wave: Wave, *, ann: User, bob: User, at: datetime) -> Release:
    freeze_data(wave, by=ann, now=at)
    for part in parts_of(plan_of(wave)):
        if "-by-" in part:
            choose(wave, kind=ChoiceKind.LEAVE_OUT, value=part, reason=ONE_WAY, by=ann, now=at)
    _built(request_build(wave, kind=DISCLOSURE, person=ann, now=at, ring=lambda _: None))
    release = prepare_release(wave, by=ann, now=at)
    check_release(release, by=bob, now=at)
    return release


def _edition(found: Publication, release: Release, *, by: User, at: datetime) -> Edition:
    edition = prepare_edition(found, release=release, by=by, now=at)
    request_reports(edition, person=by, now=at, ring=lambda _: None)
    for build in reports_of(edition).values():
        _built(build)
    return edition


def _built(build: Build) -> None:
    """Done here and now, in a process of its own as a worker would."""
    run_build(build.pk)
