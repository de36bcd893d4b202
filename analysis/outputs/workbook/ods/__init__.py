"""A workbook in the open format, ODS."""

from analysis.outputs.workbook.ods.package import write_ods

__all__ = ["write_ods"]
