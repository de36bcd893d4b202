"""The counts of the paper come out of the invented returns by coding; files of codings are read whole or not at all."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Role
from analysis.extracts import read_extract
from analysis.opentext.coding import name_coders, say_done
from analysis.opentext.deciding import decide
from analysis.opentext.models import Coding
from analysis.opentext.reckoning import Reckoning
from analysis.opentext.work import Work, work_on
from config.demonstration.filling.codings import CODINGS, FRAME, ITEM
from config.demonstration.people import ANALYST, SECOND_ANALYST
from respondents.retention.texts import erase_return
from respondents.returns.models import Return
from survey.models import Wave
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(munro: Wave) -> Wave:
    """The 57 invented returns, a frame, and two people who are to code."""
    call_command("import_frame", munro.slug, ITEM, str(FRAME), stdout=io.StringIO())
    first, second = (builders.person(each.email, role=Role.ANALYST) for each in (ANALYST, SECOND_ANALYST))
    name_coders(munro, ITEM, first=first, second=second, by=None, now=timezone.now())
    return munro


def imported(path: Path) -> str:
    out = io.StringIO()
    call_command("import_codings", "munro-2012", str(path), stdout=out)
    return out.getvalue().strip()


def boards(work: Work) -> dict[str, int]:
    return {each.code.name: each.boards for each in Reckoning(work).counts}


def test_the_papers_counts_come_out_of_returns_and_codings(survey: Wave) -> None:
    """34 boards took measures; 18 promoted reflective supervision, 5 had practice forums, 4 learning sets."""
    assert imported(CODINGS) == "68 codings added, 0 already there."
    assert imported(CODINGS) == "0 codings added, 68 already there."
    for person in work_on(survey, ITEM).people:
        say_done(work_on(survey, ITEM), by=person, now=timezone.now())
    work = work_on(survey, ITEM)

    took = read_extract(survey).frame["F1"].to_list().count(survey.questionnaire.scale("yesno").by_code["yes"].value)
    assert (len(work.answers), took, len(work.undecided)) == (34, 34, 2)
    for answer in work.undecided:
        decide(
            work, answer, codes=["under-way"], reason="Nothing is said of how", by=work.people[0], now=timezone.now()
        )
    work = work_on(survey, ITEM)
    assert boards(work) == {
        "Reflective supervision": 18,
        "Practice forums": 5,
        "Learning sets": 4,
        "Conferences and research events": 4,
        "Under way": 3,
    }
    marked = [(answer.text, passages) for answer, passages in Reckoning(work).passages("practice-forums")]
    assert {text[each.start : each.end] for text, passages in marked for each in passages} == {"practice forum"}
    assert len(marked) == 5
    one = Return.objects.get(pk=work.answers[0].return_id)
    before = boards(work)
    erase_return(one, now=timezone.now())
    assert boards(work_on(survey, ITEM)) == before  # counts outlive the words they were made from


BAD = (
    ("nobody@example.org,west-berkshire,F1.details,events,", "nobody@example.org does not code F1.details"),
    ("analyst@example.org,atlantis,F1.details,events,", "atlantis has no answer to F1.details"),
    ("analyst@example.org,west-berkshire,G1,events,", "G1 has no coding frame"),
    ("analyst@example.org,west-berkshire,F1.details,parties,", "The frame has no code parties"),
    ("analyst@example.org,west-berkshire,F1.details,events,a day out", "west-berkshire does not say this"),
)


@pytest.mark.once
def test_a_key_that_could_stand_in_no_table_is_refused_by_its_line(munro: Wave, tmp_path: Path) -> None:
    path = tmp_path / "frame.csv"
    path.write_text("code,name,definition\nok,A,A\n-none,B,B\n,C,C\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"(?s)“-none” is no key.*has no key"):
        call_command("import_frame", munro.slug, ITEM, str(path), stdout=io.StringIO())


@pytest.mark.once
def test_a_file_with_a_bad_line_changes_nothing(survey: Wave, tmp_path: Path) -> None:
    path = tmp_path / "codings.csv"
    for line, says in BAD:
        path.write_text(f"{CODINGS.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
        with pytest.raises(CommandError, match=says):
            imported(path)
    assert not Coding.objects.exists()
