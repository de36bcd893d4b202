"""Publications on two small tables, without the work of deciding on them."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime

from django.utils import timezone

from accounts.digests import bytes_digest
from accounts.models import Role, User
from analysis.core.shape import share
from analysis.core.table import Cell, Column, Row, Table
from analysis.covering import covered
from analysis.disclosing.models import Release, ReleaseStep
from analysis.disclosing.packing import as_kept, pack
from analysis.extracts import read_extract
from analysis.frozen import parquet_of
from analysis.milestones.models import FrozenExtract, PlanRecord
from analysis.milestones.plans import keep_plan
from analysis.planning import plan_of, template_of
from analysis.publishing.models import CalendarEntry, EarlyAccess, Edition, Publication, SignOff, Wording
from analysis.publishing.preparing import prepare_edition
from analysis.publishing.reporting import subject_of
from analysis.publishing.signing import sign_off
from analysis.publishing.starting import announce, start_publication, write_words
from analysis.publishing.wording import page_texts
from analysis.responses import response_of
from survey.models import Wave
from tests.builders import person

AT = datetime(2012, 3, 5, 12, 0, tzinfo=UTC)  # a Monday after the wave has closed
DAY = date(2012, 4, 23)  # a Monday, seven weeks later
OUT = datetime(2012, 4, 23, 8, 30, tzinfo=UTC)  # 09:30 in summer time
ACCOUNT = {"fieldwork": ["2012-02-06", "2012-03-02"], "parts": {}}
WORDS = {
    "summary": "Most boards agree.",
    "contact_name": "The survey team",
    "contact_email": "team@example.org",
    "methods": "All boards were asked.\n\nNobody was drawn at random.",
    "quality": "39% answered.",
    "independence": "The team alone decided.",
}


def response_table() -> Table:
    """57 of 148, in two groups."""
    figures = {"a": (20, 60), "b": (37, 88), "not_specified": (0, 0), "total": (57, 148)}
    rows = tuple(Row(id_, id_.upper(), total=id_ == "total", apart=id_ == "not_specified") for id_ in figures)
    columns = (
        Column("returns", "Returns", measures=("count",)),
        Column("eligible_boards", "Boards", measures=("count",)),
    )
    cells = {(id_, "returns"): Cell(count=made) for id_, (made, _) in figures.items()}
    cells |= {(id_, "eligible_boards"): Cell(count=boards) for id_, (_, boards) in figures.items()}
    return Table("rates", 1, "Returns", "Group", rows, columns, cells, "148 boards", (), "Survey", "response_rate")


def answers_table(**counts: int) -> Table:
    """What 57 boards answered."""
    found = {"agree": 40, "disagree": 17} | counts
    rows = (*(Row(id_, id_.capitalize()) for id_ in found), Row("total", "Total", total=True))
    cells: dict[tuple[str, str], Cell] = {(id_, "n"): share(count, base=57) for id_, count in found.items()}
    cells["total", "n"] = share(57, base=57)
    column = Column("n", "Boards")
    return Table("answers", 2, "Answers", "Answer", rows, (column,), cells, "57 boards", (), "Survey", "frequency")


def tables(**counts: int) -> tuple[Table, ...]:
    return response_table(), answers_table(**counts)


def hidden(table: Table, row: str) -> Table:
    """The table with this row withheld."""
    cells: Mapping[tuple[str, str], Cell] = {
        place: Cell(base=cell.base, marker="[c]") if place[0] == row else cell for place, cell in table.cells.items()
    }
    return replace(table, cells=cells)


def staff() -> tuple[User, User]:
    """Who prepares, and who signs."""
    ann, bob = (person(f"{name}@example.org", role=Role.ANALYST) for name in ("ann", "bob"))
    return ann, bob


def planned(wave: Wave, *, by: User) -> None:
    """Its plan was recorded in time, its data are frozen."""
    PlanRecord.objects.create(
        wave=wave, plan=wave.plan, digest="plan", questionnaire="q", dated=date(2012, 1, 20), recorded_at=wave.opens_at
    )
    boards = wave.returns.in_frame().count()
    response = {"returns": 57, "boards": boards, "boards_named": 51, "chairs": 0, "authorities": 0}
    frozen = {"rows": 57, "content": b"", "digest": "data", "response": {**response, "authorities_covered": 0}}
    FrozenExtract.objects.create(wave=wave, number=1, **frozen, frozen_by=by, frozen_at=AT)


def release_of(
    wave: Wave,
    made: tuple[Table, ...],
    *,
    by: User,
    states: tuple[str, ...] = ("checked", "released"),
    extract: str = "data",
) -> Release:
    """A release that has passed its audits."""
    kept = Release.objects.create(
        wave=wave,
        number=wave.releases.count() + 1,
        extract=extract,
        plan="plan",
        kept_plan=keep_plan(wave.plan),
        decisions={},
        account=ACCOUNT,
        after=[],
        tables=as_kept(made),
        content=b"",
        digest="d",
        prepared_by=by,
        prepared_at=AT,
    )
    for state in states:
        ReleaseStep.objects.create(release=kept, state=state, by=by, at=AT)
    return kept


def announced(wave: Wave, *, by: User) -> Publication:
    """Started, worded, announced."""
    planned(wave, by=by)
    found = start_publication(wave, title="Boards in 2012", by=by, now=AT)
    write_words(found, words=WORDS, by=by, now=AT)
    announce(found, day=DAY, by=by, now=AT)
    return found


def signed(wave: Wave) -> Edition:
    """Its first edition, signed off: out at OUT."""
    ann, bob = staff()
    edition = prepare_edition(announced(wave, by=ann), release=release_of(wave, tables(), by=ann), by=ann, now=AT)
    sign_off(edition, by=bob, now=AT)
    return edition


def out_long_ago(wave: Wave, *, by: User) -> Edition:
    """Something that is out whenever it is looked at, made row by row, with somebody who could see it early."""
    out = Publication.objects.filter(wave=wave).first()
    if out:
        return out.editions.get()
    out = Publication.objects.create(wave=wave, slug=wave.slug, title="Boards", started_by=by, started_at=AT)
    CalendarEntry.objects.create(publication=out, moment=OUT, made_by=by, made_at=AT)
    release = Release.objects.create(
        wave=wave,
        number=7,
        extract=frozen_long_ago(wave, by=by).digest,
        kept_plan=keep_plan(wave.plan),
        decisions={},
        account=ACCOUNT,
        after=[],
        content=b"",
        digest="d",
        prepared_by=by,
        prepared_at=AT,
    )
    made, plan = tables(), plan_of(wave)
    edition = Edition.objects.create(
        publication=out,
        number=1,
        release=release,
        page=page_texts(
            Wording(**WORDS, written_at=AT), release=release, tables=made, template=template_of(wave), now=AT
        ),
        tables=as_kept(made),
        content=pack(covered(made, wave=wave, plan=plan, made=AT)),
        digest="d",
        prepared_by=by,
        prepared_at=AT,
    )
    SignOff.objects.create(edition=edition, by=by, at=AT)
    EarlyAccess.objects.create(publication=out, kind="early", person=by, hours=24, given_by=by, given_at=AT)
    return edition


def frozen_long_ago(wave: Wave, *, by: User) -> FrozenExtract:
    """Its answers of now, as if they had been frozen before anything else was."""
    content, response = parquet_of(read_extract(wave)), asdict(response_of(wave, now=timezone.now()))
    made = {"rows": response["returns"], "content": content, "digest": bytes_digest(content), "response": response}
    return FrozenExtract.objects.create(wave=wave, number=0, **made, frozen_by=by, frozen_at=AT)


def built(edition: Edition, form: str, content: bytes, *, state: str = "done") -> None:
    """Its report in this form, as a worker leaves it."""
    made = {"state": state, "content": content, "size": len(content), "digest": bytes_digest(content)}
    about = {"subject": subject_of(edition), "number": edition.release.number, "requested_at": timezone.now()}
    edition.publication.wave.builds.create(kind=f"edition_{form}", **about, **made)
