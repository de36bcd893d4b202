"""What a release says of how its survey was done stays what it was, whatever is recorded, answered or coded later."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Role
from analysis.core.coding import Applied
from analysis.core.document.blocks import Document, Facts
from analysis.core.release.decisions import Decisions
from analysis.core.release.groups import EVERYONE
from analysis.core.release.record import written
from analysis.disclosing.accounting import account_of, fieldwork_at, response_at
from analysis.disclosing.codings import kept_codings
from analysis.disclosing.material import material_of
from analysis.disclosing.models import Release
from analysis.disclosing.refusals import NotKept
from analysis.milestones.plans import keep_plan
from analysis.milestones.recording import freeze_data
from analysis.opentext.coding import code_answer, name_coders, say_done
from analysis.opentext.reading import reading_of
from analysis.opentext.work import work_on
from analysis.reports.documents import document_of
from config.demonstration.filling.codings import CODINGS, FRAME, ITEM
from config.demonstration.people import ANALYST, SECOND_ANALYST
from respondents.returns.importing import import_returns
from survey.models import Wave
from tests import builders

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LATE = b'return_id,board,F1,F1.details\nlate,,yes,"Peers sat in on panels."\n'


def coded(wave: Wave) -> None:
    """Both coders are done with the 34 answers."""
    quietly = {"stdout": io.StringIO()}
    call_command("import_frame", wave.slug, ITEM, str(FRAME), **quietly)
    first, second = (builders.person(each.email, role=Role.ANALYST) for each in (ANALYST, SECOND_ANALYST))
    name_coders(wave, ITEM, first=first, second=second, by=None, now=timezone.now())
    call_command("import_codings", wave.slug, str(CODINGS), **quietly)
    for person in (first, second):
        say_done(work_on(wave, ITEM), by=person, now=timezone.now())


def released(wave: Wave, **changed: object) -> Release:
    """A release without tables, which saves the time to decide on them."""
    wave.closes_at = timezone.now() - timedelta(hours=1)
    wave.save(update_fields=["closes_at"])
    ann, now = builders.person("ann@example.org", role=Role.ANALYST), timezone.now()
    freeze_data(wave, by=ann, now=now)
    found = material_of(wave, now=timezone.now())
    told = Decisions(10, (), (), {}, {EVERYONE: 57}, hidden={}, ranges={}, weak=(), refusals=())
    made = {
        "extract": found.extract,
        "plan": found.plan_digest,
        "kept_plan": keep_plan(wave.plan),
        "decisions": written(told),
        "codings": kept_codings(found.coded),
        "account": json.loads(json.dumps(account_of(found, (), smallest=10, now=now))),
    }
    kept = {"number": wave.releases.count() + 1, "after": [], "content": b"", "digest": "d"}
    return Release.objects.create(wave=wave, **kept, prepared_by=ann, prepared_at=now, **made | changed)


def agreement(document: Document) -> Facts:
    (found,) = (block for block in document.blocks if isinstance(block, Facts) and block.id.startswith("coding-"))
    return found


def coded_one_more(wave: Wave) -> None:
    """A late answer, which the two code differently."""
    import_returns(wave, LATE, now=timezone.now())
    work = work_on(wave, ITEM)
    answer = next(each for each in work.answers if each.text.startswith("Peers"))
    for person, codes in zip(work.people, ("events", "under-way"), strict=True):
        reading = reading_of(work, answer)
        code_answer(work, reading, applied=[Applied(codes)], seen=reading.digest, by=person, now=timezone.now())


def test_the_methodology_of_a_release_is_that_of_its_day(munro: Wave) -> None:
    coded(munro)
    release, now = released(munro), timezone.now()
    before = document_of("methodology", munro, now=now, release=release)
    assert {row[2] for row in agreement(before).rows} == {"34"}

    coded_one_more(munro)
    munro.closes_at += timedelta(days=30)
    munro.save(update_fields=["closes_at"])

    assert {row[3] for row in agreement(document_of("methodology", munro, now=now)).rows} == {"35"}
    again = Release.objects.select_related("wave").get(pk=release.pk)
    assert document_of("methodology", munro, now=now, release=again) == before
    assert "All of this is told as it was on" in str(before.blocks)


def test_what_was_not_kept_is_refused_and_never_told_from_today(munro: Wave) -> None:
    with pytest.raises(NotKept, match="were not frozen, so nobody knows any more who had answered then"):
        response_at(released(munro, extract="another"))
    with pytest.raises(NotKept, match="before it was kept how its survey had been done"):
        fieldwork_at(released(munro, account={}))
    with pytest.raises(NotKept, match=r"frozen data of Release 3 .* are not there"):
        _ = material_of(munro, now=timezone.now(), remade=released(munro, extract="another")).cube
