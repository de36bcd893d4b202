"""The codebook for archives against the standard (DDI Codebook 2.5), as its element sequences are documented.

The schema itself is not at hand here, so its order of elements and its values are written down for what we use.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from analysis.core.deposit.study import Study
from analysis.core.response import Rate
from analysis.outputs.ddi import NAMESPACE, DataFile, Material, ddi
from tests.analysis.outputs.test_record_files import described

pytestmark = pytest.mark.pure

Q = f"{{{NAMESPACE}}}"
# Children in the order of the schema's sequences; what may stand there once only is in ONCE.
SEQUENCES = {
    "codeBook": "docDscr stdyDscr fileDscr dataDscr otherMat",
    "docDscr": "citation guide docStatus docSrc controlledVocabUsed notes",
    "stdyDscr": "citation studyAuthorization stdyInfo studyDevelopment method dataAccs othrStdyMat",
    "citation": "titlStmt rspStmt prodStmt distStmt serStmt verStmt biblCit holdings notes",
    "titlStmt": "titl subTitl altTitl parTitl IDNo",
    "rspStmt": "AuthEnty othId",
    "prodStmt": "producer copyright prodDate prodPlac software fundAg grantNo",
    "verStmt": "version verResp notes",
    "stdyInfo": "studyBudget subject abstract sumDscr qualityStatement notes exPostEvaluation",
    "sumDscr": "timePrd collDate nation geogCover geogUnit geoBndBox boundPoly anlyUnit universe dataKind",
    "method": "dataColl notes anlyInfo stdyClas dataProcessing codingInstructions",
    "dataColl": (
        "timeMeth dataCollector collectorTraining frequenc sampProc sampleFrame targetSampleSize deviat collMode "
        "resInstru instrumentDevelopment sources collSitu actMin ConOps weight cleanOps"
    ),
    "anlyInfo": "respRate EstSmpErr dataAppr",
    "dataAccs": "setAvail useStmt notes",
    "useStmt": "confDec specPerm restrctn contact citReq deposReq conditions disclaimer",
    "fileDscr": "fileTxt locMap notes",
    "fileTxt": (
        "fileName fileCitation dataFingerprint fileCont fileStrc dimensns fileType format filePlac dataChck ProcStat "
        "dataMsng software verStmt"
    ),
    "dimensns": "caseQnty varQnty logRecL recPrCas recNumTot",
    "dataDscr": "varGrp nCubeGrp var nCube notes",
    "varGrp": "labl txt concept defntn universe notes",
    "var": (
        "location labl imputation security embargo respUnit anlysUnit qstn valrng invalrng undocCod universe TotlResp "
        "sumStat txt stdCatgry catgryGrp catgry codInstr verStmt concept derivation varFormat geoMap catLevel notes"
    ),
    "qstn": "preQTxt qstnLit postQTxt forward backward ivuInstr",
    "valrng": "item range key notes",
    "invalrng": "item range key notes",
    "catgry": "catValu labl txt catStat mrow catgry",
    "otherMat": "labl txt notes table citation otherMat",
}
ONCE = {
    ("citation", "titlStmt"),
    ("titlStmt", "titl"),
    ("catgry", "catValu"),
    ("citation", "rspStmt"),
    ("var", "varFormat"),
}
VALUES = {
    ("var", "intrvl"): {"contin", "discrete"},
    ("var", "nature"): {"nominal", "ordinal", "interval", "ratio", "percent", "other"},
    ("catgry", "missing"): {"Y", "N"},
    ("catStat", "type"): {"freq", "percent", "crosstab", "other"},
    ("sumStat", "type"): {"mean", "medn", "mode", "vald", "invd", "min", "max", "stdev", "other"},
    ("collDate", "event"): {"start", "end", "single"},
    ("universe", "clusion"): {"I", "E"},
    ("varGrp", "type"): {
        "section", "multipleResp", "grid", "display", "repetition", "subject", "version", "iteration", "analysis",
        "pragmatic", "record", "file", "randomized", "other",
    },
    ("varFormat", "type"): {"numeric", "character"},
    ("varFormat", "schema"): {"SAS", "SPSS", "IBM", "ANSI", "ISO", "XML-Data", "other"},
    ("otherMat", "level"): {"study", "file", "variable", "category", "data", "other"},
}  # fmt: skip
REFERENCES = (("var", "files"), ("varGrp", "var"))
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


def tag(element: ET.Element) -> str:
    return element.tag.removeprefix(Q)


def problems(root: ET.Element) -> Iterator[str]:
    ids = Counter(element.get("ID") for element in root.iter() if element.get("ID"))
    yield from (f"the ID {id_} stands twice" for id_, many in ids.items() if many > 1)
    for element in root.iter():
        yield from _of_children(element)
        for (name, attribute), allowed in VALUES.items():
            if tag(element) == name and element.get(attribute, next(iter(allowed))) not in allowed:
                yield f"{name} must not have {attribute} {element.get(attribute)}"
        for name, attribute in REFERENCES:
            if tag(element) == name and not set(element.get(attribute, "").split()) <= ids.keys():
                yield f"{name} refers to what is not there"


def _of_children(element: ET.Element) -> Iterator[str]:
    names = [tag(child) for child in element]
    order = SEQUENCES.get(tag(element), "").split()
    unknown = set(names) - set(order)
    if unknown:
        yield f"{tag(element)} must not hold {', '.join(sorted(unknown))}"
    elif names != sorted(names, key=order.index):
        yield f"{tag(element)} holds {names} in another order"
    yield from (
        f"{inside} twice in {tag(element)}"
        for whole, inside in ONCE
        if whole == tag(element) and names.count(inside) > 1
    )


def test_every_element_stands_where_the_standard_has_it() -> None:
    assert tag(book()) == "codeBook"
    assert book().get("version") == "2.5"
    assert list(problems(book())) == []


def test_what_is_out_of_place_is_found() -> None:
    wrong = book()
    var = wrong.findall(f".//{Q}var")[2]
    var.set("intrvl", "some")
    var.set("files", "F9")
    var.insert(0, var[-1])
    ET.SubElement(var, f"{Q}titl")

    assert len(list(problems(wrong))) == 3


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
