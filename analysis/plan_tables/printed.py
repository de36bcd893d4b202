"""What the page on printed figures says: everything in them that cannot be right, by table."""

from dataclasses import dataclass
from datetime import datetime

from analysis.core.audit_published import audit_published
from analysis.core.auditor import Discrepancy
from analysis.extracts import population_of
from analysis.planning import plan_of
from survey.models import Wave


@dataclass(frozen=True)
class PrintedTable:
    """One table of a publication with what is wrong in it."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class PrintedPage:
    """Everything the auditor found in the publications that a wave's plan refers to."""

    wave: Wave
    lead: str
    tables: tuple[PrintedTable, ...]


def printed_page(wave: Wave, *, now: datetime) -> PrintedPage:
    """The auditor's findings, in the order of the tables; NoPlan if the wave has no plan."""
    plan = plan_of(wave)
    found = audit_published(plan, population=population_of(wave, now=now))
    titles = {"": "Across tables"} | {
        spec.id: f"Table {spec.number}. {spec.short or spec.title}" for spec in plan.specs
    }
    by_table = {title: tuple(_placed(each) for each in found if each.table == id_) for id_, title in titles.items()}
    tables = tuple(PrintedTable(title, found_there) for title, found_there in by_table.items() if found_there)
    refers = plan.published is not None or plan.comparators
    many = f"{len(found)} things cannot be right as they were printed."
    told = many if found else "Nothing in them contradicts itself."
    lead = told if refers else "The analysis plan of this wave refers to no publication."
    return PrintedPage(wave, lead, tables)


def _placed(found: Discrepancy) -> str:
    """The sentence after its place, unless it names the place itself."""
    names_it = not found.place or found.sentence.startswith((found.place, "“"))
    return found.sentence if names_it else f"{found.place}. {found.sentence}"
