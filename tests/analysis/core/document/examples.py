"""A template and the material of 2012 for tests of the language."""

from functools import cache

from analysis.core.document import Exhibit, Material
from analysis.core.document.blocks import Cover, Facts, Quotes
from tests.golden import published as golden

HEADER = """---
title: A report
references:
  - {id: lga_2010, cite: "LGA, 2010", text: "LGA (2010) *Costs*. London."}
---
"""


@cache
def material() -> Material:
    specs = {spec.id: spec for spec in golden.plan().specs}
    return Material(
        unit="boards",
        cover=Cover("", "", "", "The survey of 2012"),
        exhibits=tuple(
            Exhibit(table, specs[table.id].short, specs[table.id].chart)
            for table in golden.tables()
            if table.id != "table_9"
        ),
        boards=148,
        absent={"table_9": "is withheld from this release"},
        facts={"rate": "57 of 148 boards (39%)"},
        findings={"right": "{table_5.agree:most} agree: {table_5.agree:of}.", "hidden": "{table_9.T9-1.agree:of} do."},
        quotes={"G1": Quotes("Anything else", ("Money",), "LSCB Chair")},
        items=("G1", "F1.details"),
        parts={"response": (Facts("response", "Who", ("What", "Number"), (("Boards", "148"),)),), "nothing": ()},
    )
