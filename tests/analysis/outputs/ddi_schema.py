"""What the XML schema of DDI Codebook 2.5 says of the elements that we write, as facts.

Read off codebook.xsd of 2012-01-17, element by element; prose, and elements that we do not write, are left out. A model
is a regular expression over the names of the children, each followed by a blank; as XML Schema has it, what is not
marked with ? or * stands exactly once. Elements of the Dublin Core that a citation may end with are left out.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

Q: Final = "{ddi:codebook:2_5}"
NAME: Final = r"[A-Za-z_][\w.-]*"
CITATION = "titlStmt rspStmt? prodStmt? distStmt? serStmt* verStmt* biblCit? holdings* notes*"
CONTENT: Final = {  # elements of elements alone
    "codeBook": "docDscr* stdyDscr+ fileDscr* dataDscr* otherMat*",
    "docDscr": "citation? guide? docStatus? docSrc* controlledVocabUsed* notes*",
    "citation": CITATION,
    "titlStmt": "titl subTitl* altTitl* parTitl* IDNo*",
    "rspStmt": "AuthEnty* othId*",
    "prodStmt": "producer* copyright? prodDate* prodPlac* software* fundAg* grantNo*",
    "verStmt": "version? verResp? notes*",
    "stdyDscr": "citation+ studyAuthorization* stdyInfo* studyDevelopment* method* dataAccs* othrStdyMat* notes*",
    "stdyInfo": "studyBudget* subject* abstract* sumDscr* qualityStatement? notes* exPostEvaluation*",
    "sumDscr": "timePrd* collDate* nation* geogCover* geogUnit* geoBndBox? boundPoly? anlyUnit* universe* dataKind*",
    "method": "dataColl* notes* anlyInfo? stdyClas? dataProcessing* codingInstructions*",
    "dataColl": (
        "timeMeth* dataCollector* collectorTraining* frequenc* sampProc* sampleFrame* targetSampleSize* deviat* "
        "collMode* resInstru* instrumentDevelopment* sources? collSitu* actMin* ConOps* weight* cleanOps*"
    ),
    "anlyInfo": "respRate* EstSmpErr* dataAppr*",
    "dataAccs": "setAvail* useStmt* notes*",
    "useStmt": "confDec? specPerm? restrctn? contact* citReq? deposReq? conditions? disclaimer?",
    "fileDscr": "fileTxt* locMap? notes*",
    "fileTxt": (
        "fileName? fileCitation? fileCont? fileStrc? dimensns? fileType? format? filePlac? dataChck* ProcStat? "
        "dataMsng? software* verStmt?"
    ),
    "dimensns": "caseQnty* varQnty* logRecL* recPrCas* recNumTot*",
    "dataDscr": "varGrp* nCubeGrp* var* nCube* notes*",
    "varGrp": "labl* txt* concept* defntn? universe? notes*",
    "var": (
        "location* labl* imputation? security? embargo? respUnit? anlysUnit? qstn* valrng* invalrng* undocCod* "
        "universe* TotlResp? sumStat* txt* stdCatgry* catgryGrp* catgry* codInstr* verStmt* concept* derivation? "
        "varFormat? geoMap* catLevel* notes*"
    ),
    "valrng": "(item|range)+ key? notes*",
    "invalrng": "(item|range)+ key? notes*",
    "item": "",
    "range": "",
    "catgry": "catValu? labl* txt* catStat* mrow?",
    "otherMat": "labl* txt? notes* table* citation? otherMat*",
}
WORDED: Final = (
    "titl subTitl IDNo AuthEnty producer prodDate fundAg version notes biblCit abstract collDate nation geogUnit "
    "anlyUnit universe dataKind timeMeth sampProc collMode resInstru weight respRate restrctn citReq conditions "
    "fileName fileCont caseQnty varQnty fileType dataMsng labl preQTxt qstnLit sumStat catValu catStat varFormat"
)
TEXT: Final = {  # elements that hold text, and of ours no others; a question has its parts in any order
    **dict.fromkeys(WORDED.split(), ""),
    "qstn": "(preQTxt|qstnLit|postQTxt|forward|backward|ivuInstr)*",
}
ID, REFERENCES, WORDS = "ID", "IDREFS", ""  # kinds of attributes: a name, names of other elements, any text
EVERYWHERE: Final = {"ID": ID, "{http://www.w3.org/XML/1998/namespace}lang": WORDS, "source": "archive|producer"}
GROUPS: Final = (
    "section|multipleResp|grid|display|repetition|subject|version|iteration|analysis|pragmatic|record|file|randomized|"
    "other"
)
ATTRIBUTES: Final = {  # what each may have beside those; one that must be there is marked with !
    "codeBook": {"version": "2[.]5", "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation": WORDS},
    "IDNo": {"agency": WORDS, "level": "study|file|project"},
    "AuthEnty": {"affiliation": WORDS},
    "producer": {"abbr": WORDS, "affiliation": WORDS, "role": WORDS},
    "prodDate": {"date": WORDS},
    "fundAg": {"abbr": WORDS, "role": WORDS},
    "version": {"date": WORDS, "type": WORDS},
    "biblCit": {"format": WORDS},
    "abstract": {"date": WORDS, "contentType": "abstract|purpose|mixed"},
    "collDate": {"date": WORDS, "event": "start|end|single", "cycle": WORDS},
    "nation": {"abbr": WORDS},
    "anlyUnit": {"unit": WORDS},
    "universe": {"level": WORDS, "clusion": "I|E"},
    "dataKind": {"type": WORDS},
    "timeMeth": {"method": WORDS},
    "resInstru": {"type": WORDS},
    "fileDscr": {"URI": WORDS, "access": REFERENCES},
    "fileType": {"charset": WORDS},
    "varGrp": {"type": GROUPS, "var": REFERENCES, "varGrp": REFERENCES, "name": WORDS},
    "var": {
        "name!": WORDS,
        "files": REFERENCES,
        "dcml": WORDS,
        "intrvl": "contin|discrete",
        "nature": "nominal|ordinal|interval|ratio|percent|other",
    },
    "labl": {"level": WORDS, "vendor": WORDS, "country": WORDS},
    "qstn": {"seqNo": WORDS, "var": REFERENCES},
    "item": {"UNITS": "INT|REAL", "VALUE!": WORDS},
    "range": {
        "UNITS": "INT|REAL", "min": WORDS, "minExclusive": WORDS, "max": WORDS, "maxExclusive": WORDS,
    },
    "sumStat": {"type!": "mean|medn|mode|vald|invd|min|max|stdev|other", "wgtd": "wgtd|not-wgtd"},
    "catgry": {"missing": "Y|N", "missType": WORDS, "excls": "true|false"},
    "catStat": {"type": "freq|percent|crosstab|other", "wgtd": "wgtd|not-wgtd"},
    "varFormat": {"type": "character|numeric", "formatname": WORDS, "schema": "SAS|SPSS|IBM|ANSI|ISO|XML-Data|other"},
    "notes": {"type": WORDS, "subject": WORDS, "level": WORDS, "resp": WORDS},
    "otherMat": {"type": WORDS, "level!": NAME, "URI": WORDS},
}  # fmt: skip


def problems(root: ET.Element) -> Iterator[str]:
    """What the schema would refuse, a sentence each."""
    ids = Counter(element.get("ID") for element in root.iter() if element.get("ID"))
    yield from (f"the ID {id_} stands twice" for id_, many in ids.items() if many > 1)
    for element in root.iter():
        yield from _of_content(element)
        yield from _of_attributes(element, {id_ for id_ in ids if id_})


def _name(element: ET.Element) -> str:
    return element.tag.removeprefix(Q)


def _of_content(element: ET.Element) -> Iterator[str]:
    name, children = _name(element), "".join(f"{_name(child)} " for child in element)
    if name not in CONTENT | TEXT:
        yield f"{name} is not written down here, or is none"
    elif not re.fullmatch(_pattern((CONTENT | TEXT)[name]), children):
        yield f"{name} must not hold {children or 'nothing'}"
    texts = (element.text, *(child.tail for child in element))
    if name in CONTENT and any(text and text.strip() for text in texts):
        yield f"{name} must not hold text"


def _pattern(model: str) -> str:
    """Each name with the blank behind it, and with how often it may stand."""
    return (
        re.sub(r"(\w+)", r"(?:\1 )", model).replace(") ", ")").replace("* ", "*").replace("? ", "?").replace("+ ", "+")
    )


def _of_attributes(element: ET.Element, ids: set[str]) -> Iterator[str]:
    name, own = _name(element), ATTRIBUTES.get(_name(element), {})
    known = EVERYWHERE | {attribute.rstrip("!"): kind for attribute, kind in own.items()}
    for attribute in (each.rstrip("!") for each in own if each.endswith("!")):
        if attribute not in element.attrib:
            yield f"{name} must have {attribute}"
    for attribute, value in element.attrib.items():
        if attribute not in known:
            yield f"{name} must not have {attribute}"
        elif not _fits(value, known[attribute], ids):
            yield f"{name} must not have {attribute} {value}"


def _fits(value: str, kind: str, ids: set[str]) -> bool:
    if kind == REFERENCES:
        return bool(value.split()) and set(value.split()) <= ids
    return kind == WORDS or bool(re.fullmatch(NAME if kind == ID else kind, value))
