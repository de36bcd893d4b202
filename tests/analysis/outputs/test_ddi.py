"""The codebook for archives against what its schema allows (DDI Codebook 2.5): tests/analysis/outputs/ddi_schema.py."""

from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from analysis.core.deposit.study import Study
from analysis.core.response import Rate
from analysis.outputs.ddi import NAMESPACE, DataFile, Material, ddi
from tests.analysis.outputs.ddi_schema import CONTENT, TEXT, problems
from tests.analysis.outputs.test_record_files import described

pytestmark = pytest.mark.pure

Q = f"{{{NAMESPACE}}}"
STUDY = Study(
    id="little-1",
    title="A little survey & more",
    wave="Little, 2012",
    questionnaire="A little survey",
    questionnaire_digest="q",
    source="Survey",
    unit="boards",
    producer="A department",
    funder="Another department",
    opened=date(2012, 2, 1),
    closed=date(2012, 2, 29),
    boards=Rate(51, 148, "eligible boards"),
    returns=57,
    number=1,
    made=date(2012, 5, 4),
    digest="d",
    about="A little \x0b survey.",
)


def book() -> ET.Element:
    files = [DataFile("data/records.sav", "SPSS"), DataFile("data/records.csv", "CSV")]
    made = ddi(STUDY, described(), files=files, materials=[Material("q.pdf", "Questionnaire")], access=["Not open."])
    return ET.fromstring(made)


def test_the_document_is_what_the_schema_allows() -> None:
    assert (book().tag, book().get("version")) == (f"{Q}codeBook", "2.5")
    assert list(problems(book())) == []
    assert CONTENT.keys() & TEXT.keys() == set()


def first(root: ET.Element, name: str) -> ET.Element:
    found = root.find(f".//{Q}{name}")
    assert found is not None
    return found


def emptied(element: ET.Element) -> None:
    element.text = None
    element[:] = []


SPOILT: dict[str, tuple[str, Callable[[ET.Element], object]]] = {
    "a value that is none of the list": ("var", lambda found: found.set("intrvl", "some")),
    "a reference to nothing": ("var", lambda found: found.set("files", "F9")),
    "an element in another place": ("var", lambda found: found.insert(0, found[-1])),
    "an element that does not belong there": ("var", lambda found: ET.SubElement(found, f"{Q}titl")),
    "an element twice": ("useStmt", lambda found: found.insert(0, found[0])),
    "an attribute that there is not": ("var", lambda found: found.set("colour", "red")),
    "an attribute missing": ("var", lambda found: found.attrib.pop("name")),
    "an ID that is no name": ("qstn", lambda found: found.set("ID", "3")),
    "an ID twice": ("qstn", lambda found: found.set("ID", "F1")),
    "text between elements": ("var", lambda found: setattr(found, "text", "Words")),
    "a range without a value": ("valrng", emptied),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_the_schema_forbids_is_found(what: str) -> None:
    wrong, (name, spoil) = book(), SPOILT[what]
    spoil(first(wrong, name))
    assert len(list(problems(wrong))) == 1


def test_a_variable_has_its_question_its_codes_and_how_many_records_hold_each() -> None:
    var = book().find(f".//{Q}var[@name='A1']")
    assert var is not None
    counted = {
        category.findtext(f"{Q}catValu"): (
            category.findtext(f"{Q}labl"),
            category.findtext(f"{Q}catStat"),
            category.get("missing"),
        )
        for category in var.findall(f"{Q}catgry")
    }
    assert var.findtext(f"{Q}qstn/{Q}qstnLit") == "Is it good?"
    assert counted["1"] == ("Agree", "1", "N")
    assert counted["-8"] == ("Cannot say", "1", "Y")
    assert counted["-9"] == ("Not answered", "1", "Y")
    assert [each.text for each in var.findall(f"{Q}sumStat")] == ["1", "2"]
    assert var.findtext(f"{Q}notes") == "A1"


def test_the_study_says_who_when_of_whom_and_how_many_answered() -> None:
    study = book().find(f"{Q}stdyDscr")
    assert study is not None
    told = {name: study.findtext(f".//{Q}{name}") for name in ("titl", "fundAg", "producer", "universe", "respRate")}
    assert told == {
        "titl": "A little survey & more",
        "fundAg": "Another department",
        "producer": "A department",
        "universe": "All 148 boards of the frame of Little, 2012",
        "respRate": "51 of 148 eligible boards (34%). 57 returns are in the records.",
    }
    assert [each.text for each in study.iter(f"{Q}collDate")] == ["2012-02-01", "2012-02-29"]
