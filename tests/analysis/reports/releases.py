"""A wave whose tables were released, with the boards that answered and their chairs."""

from datetime import timedelta

from django.utils import timezone

from accounts.digests import bytes_digest
from accounts.models import Role
from analysis.core.release.deciding import decide
from analysis.core.release.decisions import Choices
from analysis.core.release.record import written
from analysis.disclosing.accounting import account_of
from analysis.disclosing.material import material_of
from analysis.disclosing.models import Release, ReleaseStep
from analysis.disclosing.packing import covered_tables, pack
from analysis.milestones.recording import freeze_data
from analysis.publishing.models import CalendarEntry, Edition, Publication, SignOff
from respondents.register.models import Board
from respondents.returns.importing import import_returns
from survey.models import Wave
from tests.builders import RETURNS, chair, person, wave, whole_register

TOO_LONG = tuple(f"table_{n}-by-{by}" for n in (3, 4, 7, 8, 9, 10) for by in ("region", "authority-type"))


def released_wave(*, left_out: tuple[str, ...] = TOO_LONG) -> Wave:
    """The wave of 2012, released with few breakdowns, which saves the time to decide on more of them."""
    whole_register()
    ann, now = person("ann@example.org", role=Role.ANALYST), timezone.now()
    found = wave(opens_at=now - timedelta(days=20), closes_at=now - timedelta(days=1))
    import_returns(found, RETURNS.read_bytes(), now=now - timedelta(days=2))
    freeze_data(found, by=ann, now=now)
    with_chairs(found)
    published(release_of(found, left_out=left_out))
    return found


def published(release: Release, *, slug: str = "") -> Publication:
    """It came out yesterday, row by row: who reads only the releases needs no page."""
    by, now = release.prepared_by, timezone.now()
    moment, before = (now - timedelta(hours=hours) for hours in (24, 25))
    about = {"slug": slug or release.wave.slug, "title": "Boards", "started_by": by, "started_at": before}
    found = Publication.objects.create(wave=release.wave, **about)
    CalendarEntry.objects.create(publication=found, moment=moment, made_by=by, made_at=before)
    made = {"page": {}, "tables": [], "content": b"", "digest": "d", "prepared_by": by, "prepared_at": before}
    edition = Edition.objects.create(publication=found, number=1, release=release, **made)
    SignOff.objects.create(edition=edition, by=by, at=before)
    return found


def with_chairs(found: Wave) -> None:
    """Three boards that answered, two of them with one chair, and one that did not."""
    one, two, three = answered(found)
    chair(one, email="one@example.org")
    chair(two, three, email="two@example.org")
    silent = found.returns.in_frame().filter(submitted_version=None).order_by("board__slug").first()
    assert silent is not None
    assert silent.board is not None
    chair(silent.board, email="silent@example.org")


def answered(found: Wave) -> tuple[Board, Board, Board]:
    """The first three boards that answered."""
    returns = found.returns.in_frame().submitted().order_by("board__slug").select_related("board")[:3]
    one, two, three = (each.board for each in returns)
    assert one
    assert two
    assert three
    return one, two, three


def release_of(found: Wave, *, left_out: tuple[str, ...]) -> Release:
    """As the steps of a release make it, at once."""
    ann, now = person("ann@example.org", role=Role.ANALYST), timezone.now()
    material = material_of(found, now=now)
    decisions = decide(
        material.cube,
        plan=material.plan,
        frame=material.frame,
        extract=material.extract,
        choices=Choices(10, frozenset(left_out)),
    )
    assert decisions.is_safe
    made = covered_tables(material, decisions, number=1, prepared=now)
    content = pack(made)
    release = Release.objects.create(
        wave=found,
        number=1,
        extract=material.extract,
        plan=material.plan_digest,
        decisions=written(decisions),
        account=account_of(material, made.tables, smallest=decisions.smallest, now=now),
        after=[],
        content=content,
        digest=bytes_digest(content),
        prepared_by=ann,
        prepared_at=now,
    )
    ReleaseStep.objects.create(release=release, state="released", by=ann, at=timezone.now())
    return release
