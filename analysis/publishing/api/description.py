"""The description of the API as OpenAPI 3.1: one place that says what there is, served and checked in the tests."""

from typing import Any

from analysis.core.table import MARKERS
from analysis.core.tidy import MEASURES

TEXT: dict[str, Any] = {"type": "string"}
NUMBER: dict[str, Any] = {"type": "integer"}
MOMENT: dict[str, Any] = {"type": "string", "format": "date-time"}
MAYBE: dict[str, Any] = {"type": ["string", "null"]}
TEXTS: dict[str, Any] = {"type": "array", "items": TEXT}
PUBLICATION: dict[str, Any] = {"name": "publication", "in": "path", "required": True, "schema": TEXT}
EDITION: dict[str, Any] = {
    "name": "edition",
    "in": "query",
    "description": "The number of an edition; without it the one that counts. Older editions stay as they were.",
    "schema": {"type": "integer", "minimum": 1},
}


def description(site: str) -> dict[str, Any]:
    """The document, for the API at this site."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Statistics of the survey",
            "version": "1.0.0",
            "description": "What is published, read only. Nothing is told before its moment; counts that would tell "
            "what a board answered are withheld. Responses carry ETag and Cache-Control: ask again with If-None-Match.",
        },
        "servers": [{"url": f"{site}/api/v1"}],
        "paths": _paths(),
        "components": {"schemas": _schemas(), "responses": _problems()},
    }


def _paths() -> dict[str, Any]:
    edition = [PUBLICATION, EDITION]
    table = [PUBLICATION, {**PUBLICATION, "name": "table"}, EDITION]
    one = "/publications/{publication}"
    return {
        "/": {"get": _get("Where everything is", "Start", [])},
        "/openapi.json": {"get": _get("This description", "Description", [])},
        "/publications": {"get": _get("Everything that is out, the latest first", "Publications", [])},
        one: {"get": _get("One publication", "Publication", [PUBLICATION])},
        f"{one}/tables": {"get": _get("Its tables", "Tables", edition, gone=True)},
        f"{one}/tables/{{table}}.json": {"get": _get("One table as records", "Figures", table, gone=True)},
        f"{one}/tables/{{table}}.jsonstat.json": {
            "get": _get("One table as JSON-stat 2.0", "Dataset", table, gone=True)
        },
        f"{one}/tables/{{table}}.csv": {"get": _csv(table)},
    }


def _get(summary: str, schema: str, parameters: list[dict[str, Any]], *, gone: bool = False) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return _operation(summary, content, parameters, gone=gone)


def _csv(parameters: list[dict[str, Any]]) -> dict[str, Any]:
    content = {"text/csv": {"schema": {**TEXT, "description": "A header and a line for each figure."}}}
    return _operation("One table as tidy CSV", content, parameters, gone=True)


def _operation(
    summary: str, content: dict[str, Any], parameters: list[dict[str, Any]], *, gone: bool
) -> dict[str, Any]:
    names = (["NotFound", "BadRequest"] if parameters else []) + ["TooMany"] + (["Gone"] if gone else [])
    codes = {"NotFound": "404", "BadRequest": "400", "TooMany": "429", "Gone": "410"}
    return {
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": summary, "headers": _headers(), "content": content},
            "304": {"description": "It is what you have."},
            **{codes[name]: {"$ref": f"#/components/responses/{name}"} for name in names},
        },
    }


def _headers() -> dict[str, Any]:
    said = {
        "ETag": "The digest of the content.",
        "Last-Modified": "When it came out, or was corrected or withdrawn; where one moment is meant.",
        "Cache-Control": "A minute at most, and never across a moment at which something comes out.",
    }
    return {name: {"description": words, "schema": TEXT} for name, words in said.items()}


def _problems() -> dict[str, Any]:
    said = {
        "BadRequest": "What was asked for cannot be read.",
        "NotFound": "There is nothing at this address, or it is not published yet.",
        "Gone": "The publication was withdrawn; detail says why.",
        "TooMany": "Too many requests in this minute; Retry-After says in how many seconds to ask again.",
    }
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {name: {"description": words, "content": content} for name, words in said.items()}


def _object(required: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": {**required, **rest}}


def _schemas() -> dict[str, Any]:
    links: dict[str, Any] = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}
    line = _line(links)
    table = {
        "id": TEXT,
        "number": NUMBER,
        "name": TEXT,
        "companion_of": MAYBE,
        "title": TEXT,
        "base": TEXT,
        "notes": TEXTS,
        "source": TEXT,
        "links": links,
    }
    return {
        "Start": _object({"links": links}),
        "Description": {"type": "object"},
        "Problem": _object({"type": TEXT, "title": TEXT, "status": NUMBER, "detail": TEXT}),
        "Publications": _object({"publications": {"type": "array", "items": _object(line)}}),
        "Publication": _object({**line, **_whole()}),
        "Tables": _object(
            {"publication": TEXT, "edition": NUMBER, "tables": {"type": "array", "items": _object(table)}}
        ),
        "Figures": {"type": "array", "items": {"$ref": "#/components/schemas/Figure"}},
        "Figure": _figure(),
        "Dataset": {"type": "object", "description": "A dataset as https://json-stat.org/full/ describes it."},
    }


def _line(links: dict[str, Any]) -> dict[str, Any]:
    withdrawn = {**_object({"at": MOMENT, "reason": TEXT}), "type": ["object", "null"]}
    return {
        "id": TEXT,
        "urn": {**TEXT, "description": "Never changes."},
        "title": TEXT,
        "published": MOMENT,
        "updated": {**MOMENT, "description": "Moves when it is corrected or withdrawn."},
        "edition": NUMBER,
        "withdrawn": withdrawn,
        "links": links,
    }


def _whole() -> dict[str, Any]:
    correction = {**_object({"what": TEXT, "why": TEXT, "size": TEXT}), "type": ["object", "null"]}
    edition = _object({"number": NUMBER, "published": MOMENT, "digest": TEXT, "correction": correction})
    return {
        **dict.fromkeys(("summary", "response", "fieldwork", "source", "notice"), MAYBE),
        "non_response": {"type": ["array", "null"], "items": TEXT},
        "contact": {**_object({"name": TEXT, "email": TEXT}), "type": ["object", "null"]},
        "editions": {"type": "array", "items": edition},
    }


def _figure() -> dict[str, Any]:
    meanings = "; ".join(f"{marker} {words}" for marker, words in MARKERS.items())
    measures = "; ".join(f"{measure}: {words}" for measure, words in MEASURES.items())
    number = {"type": ["integer", "null"]}
    figure = {
        "table": TEXT,
        "row": TEXT,
        "column": TEXT,
        "measure": {"enum": list(MEASURES), "description": f"What the figure is. {measures}."},
        "value": {**number, "description": "Null where the marker says why."},
        "base": number,
        "marker": {"enum": ["", *MARKERS], "description": f"Shorthand: {meanings}."},
        "note": TEXT,
    }
    return _object(figure, printed=TEXT, erratum=TEXT)
