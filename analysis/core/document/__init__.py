"""Reports as values: what a template says, and what it becomes once its tokens are filled. Pure.

`parse` reads a template, `lint` names what its tables do not bear out, `fill` makes the document.
"""

from analysis.core.document.filling import fill, hints, lint
from analysis.core.document.material import Exhibit, Material
from analysis.core.document.nodes import Template
from analysis.core.document.reading import parse
from survey.schema.source import DocumentError, Problem

__all__ = ["DocumentError", "Exhibit", "Material", "Problem", "Template", "fill", "hints", "lint", "parse"]
