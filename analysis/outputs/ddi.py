"""The study, its files and its variables as DDI Codebook 2.5: questions as asked, codes with frequencies, groups.

Elements stand in the order of the standard's sequences, and as often as these allow; the same deposit gives the same
bytes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from xml.etree import ElementTree as ET

from analysis.core.deposit.columns import HIGHEST, LOWEST, DataColumn
from analysis.core.deposit.described import Described
from analysis.core.deposit.study import Study

NAMESPACE: Final = "ddi:codebook:2_5"
SCHEMA: Final = "https://ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"
INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
FORBIDDEN: Final = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
NATURES: Final = {"nominal": "nominal", "ordinal": "ordinal", "scale": "ratio"}


@dataclass(frozen=True)
class DataFile:
    """One file with the records."""

    name: str
    kind: str


@dataclass(frozen=True)
class Material:
    """Another file of the deposit."""

    name: str
    label: str


def ddi(
    study: Study, data: Described, *, files: Sequence[DataFile], materials: Sequence[Material], access: Sequence[str]
) -> bytes:
    """Return the codebook as XML; `access` says in sentences who may have the records and what is left out."""
    ids = {file.name: f"F{place}" for place, file in enumerate(files, 1)}
    book = ET.Element("codeBook", {"version": "2.5", "xml:lang": "en", "xmlns": NAMESPACE, "xmlns:xsi": INSTANCE})
    book.set("xsi:schemaLocation", f"{NAMESPACE} {SCHEMA}")
    _document(_add(book, "docDscr"), study)
    _study(_add(book, "stdyDscr"), study, access)
    for file in files:
        _file(_add(book, "fileDscr", ID=ids[file.name]), file, data)
    _variables(_add(book, "dataDscr"), data, files=" ".join(ids.values()))
    for material in materials:
        _add(_add(book, "otherMat", level="study", URI=material.name), "labl", material.label)
    ET.indent(book, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(book, encoding="unicode")}\n'.encode()


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, tag, {name: FORBIDDEN.sub("", value) for name, value in attributes.items()})
    made.text = FORBIDDEN.sub("", text) or None
    return made


def _document(described: ET.Element, study: Study) -> None:
    citation = _add(described, "citation")
    title = _add(citation, "titlStmt")
    _add(title, "titl", f"Codebook of {study.title}")
    _add(title, "IDNo", f"{study.id}-ddi")
    made = _add(citation, "prodStmt")
    _add(made, "prodDate", f"{study.made}", date=f"{study.made}")


def _study(described: ET.Element, study: Study, access: Sequence[str]) -> None:
    _citation(_add(described, "citation"), study)
    _about(_add(described, "stdyInfo"), study)
    _method(_add(described, "method"), study)
    use = _add(_add(described, "dataAccs"), "useStmt")
    if access:
        _add(use, "restrctn", " ".join(access))  # stands once
    _add(use, "citReq", study.citation)
    _add(use, "conditions", "Nobody may try to find out which board a record is of, or tell if they come to know.")


def _citation(citation: ET.Element, study: Study) -> None:
    title = _add(citation, "titlStmt")
    _add(title, "titl", study.title)
    _add(title, "subTitl", study.wave)
    _add(title, "IDNo", study.id)
    if study.producer:
        _add(_add(citation, "rspStmt"), "AuthEnty", study.producer)
    made = _add(citation, "prodStmt")
    if study.producer:
        _add(made, "producer", study.producer)
    _add(made, "prodDate", f"{study.made}", date=f"{study.made}")
    if study.funder:
        _add(made, "fundAg", study.funder)
    version = _add(citation, "verStmt")
    _add(version, "version", f"Release {study.number}", date=f"{study.made}")
    _add(version, "notes", f"SHA-256 of the frozen data: {study.digest}")
    _add(citation, "biblCit", study.citation)


def _about(about: ET.Element, study: Study) -> None:
    if study.about:
        _add(about, "abstract", study.about)
    summary = _add(about, "sumDscr")
    _add(summary, "collDate", f"{study.opened}", date=f"{study.opened}", event="start")
    _add(summary, "collDate", f"{study.closed}", date=f"{study.closed}", event="end")
    _add(summary, "nation", "England", abbr="GB-ENG")
    _add(summary, "geogUnit", "England, by groups of regions")
    _add(summary, "anlyUnit", study.unit)
    _add(summary, "universe", f"All {study.boards.eligible:,} boards of the frame of {study.wave}", clusion="I")
    _add(summary, "dataKind", "Survey")


def _method(method: ET.Element, study: Study) -> None:
    collected = _add(method, "dataColl")
    _add(collected, "timeMeth", "Cross-section")
    _add(collected, "sampProc", "Every board of the frame was asked; no sample was drawn.")
    _add(collected, "collMode", "Questionnaire on the web, filled in by the chair of the board or for them.")
    resource = f"{study.questionnaire} (SHA-256 {study.questionnaire_digest})"
    _add(collected, "resInstru", resource)
    _add(collected, "weight", "Records bear no weight: every return counts once.")
    _add(_add(method, "anlyInfo"), "respRate", f"{study.boards}. {study.returns:,} returns are in the records.")


def _file(described: ET.Element, file: DataFile, data: Described) -> None:
    text = _add(described, "fileTxt")
    _add(text, "fileName", file.name)
    _add(text, "fileCont", data.title)
    size = _add(text, "dimensns")
    _add(size, "caseQnty", f"{data.records.height}")
    _add(size, "varQnty", f"{len(data.columns)}")
    _add(text, "fileType", file.kind)
    _add(text, "dataMsng", f"Codes from {LOWEST} to {HIGHEST} mean that there is no answer; labels say why.")


def _variables(described: ET.Element, data: Described, *, files: str) -> None:
    ids = {column.name: f"V{place}" for place, column in enumerate(data.columns, 1)}
    for place, (title, within) in enumerate(_sections(data.columns), 1):
        among = " ".join(ids[column.name] for column in within)
        _add(_add(described, "varGrp", ID=f"G{place}", type="section", var=among), "labl", title)
    for column in data.columns:
        _variable(described, column, data, id_=ids[column.name], files=files)


def _sections(columns: Sequence[DataColumn]) -> Iterator[tuple[str, list[DataColumn]]]:
    asked = [column for column in columns if column.entry]
    for title, within in groupby(asked, key=lambda column: column.entry.section if column.entry else ""):
        yield title, list(within)


def _variable(described: ET.Element, column: DataColumn, data: Described, *, id_: str, files: str) -> None:
    interval = "discrete" if column.labels else "contin"
    var = _add(described, "var", ID=id_, name=column.name, files=files, intrvl=interval)
    if column.kind != "number":
        var.set("dcml", "0")
    var.set("nature", NATURES[column.measure])
    _add(var, "labl", column.label, level="variable")
    if column.entry:
        question = _add(var, "qstn", ID=f"Q{id_[1:]}")
        if column.entry.item:
            _add(question, "preQTxt", column.entry.wording)
        _add(question, "qstnLit", column.entry.item or column.entry.wording)
    _ranges(var, column)
    _add(var, "universe", _universe(column), clusion="I")
    _counts(var, column, data)
    _add(var, "varFormat", type="numeric")
    _add(var, "notes", column.code, type="permanent code", level="variable")


def _universe(column: DataColumn) -> str:
    when = column.entry.asked_when if column.entry else ""
    return f"Returns of which it was asked: {when}" if when else "All returns"


def _ranges(var: ET.Element, column: DataColumn) -> None:
    if column.codes:
        valid = _add(var, "valrng")
        for code in column.codes:
            _add(valid, "item", VALUE=f"{code}")
    if column.missing:
        _add(_add(var, "invalrng"), "range", min=f"{LOWEST}", max=f"{HIGHEST}")


def _counts(var: ET.Element, column: DataColumn, data: Described) -> None:
    """How many records hold a value and how many none, and for each code how many hold it."""
    values = data.records[column.name].to_list()
    valid = sum(value is not None and value not in column.missing for value in values)
    _add(var, "sumStat", f"{valid}", type="vald")
    _add(var, "sumStat", f"{len(values) - valid}", type="invd")
    for code, label in column.labels.items():
        category = _add(var, "catgry", missing="Y" if code in column.missing else "N")
        _add(category, "catValu", f"{code}")
        _add(category, "labl", label, level="category")
        _add(category, "catStat", f"{values.count(code)}", type="freq")
