"""The template of a survey that has none of its own: what every report must say, and all tables of the plan."""

import json
from collections.abc import Iterator

from analysis.core.plan import Plan

OPENING = """\
# Summary

{rate} made a return. This report is about the {unit} that answered.

::: part differing

{findings}
# How the survey was done {#method}

## Who was asked and who answered

::: part response

## Who did not answer

::: part non-response

## How to read the figures

::: part reading

## What is not said

::: left-out

## What stands beside this survey

::: part comparators

# Tables
"""
CLOSING = """\
::: part further

::: part differences
"""


def plain_template(plan: Plan) -> str:
    """Return the text of a template that prints every table of the plan with its chart."""
    header = ["---", f"title: {json.dumps(plan.title, ensure_ascii=False)}", "---", ""]
    ids = " ".join(finding.id for theme in plan.findings for finding in theme.findings)
    opening = OPENING.replace("{findings}", f"::: findings {ids}\n" if ids else "")
    return "\n".join([*header, opening, *_tables(plan), CLOSING])


def _tables(plan: Plan) -> Iterator[str]:
    for spec in plan.specs:
        yield f"::: if table {spec.id}\n::: table {spec.id}"
        if spec.chart:
            yield f"::: chart {spec.id}"
        yield ":::\n"
