"""What a report says, for tests: the 57 invented returns of 2012."""

from datetime import date

from analysis.outputs.report_content import ReportContent, Response, report_content
from tests.golden import published as golden

RESPONSE = Response(returns=57, boards=148, boards_named=51, chairs=53, authorities=152, authorities_covered=53)


def content_2012(*, demonstration: bool = True) -> ReportContent:
    return report_content(
        golden.plan(),
        tables=golden.tables(),
        response=RESPONSE,
        fieldwork="3 to 29 February 2012",
        generated=date(2012, 5, 14),
        demonstration=demonstration,
    )
