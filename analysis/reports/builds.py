"""The kinds of builds of the other reports: each for the team, some from the last release as well."""

from analysis.builds.kinds import ANALYSTS, TEAM, Kind, declare

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAKE, GATHER = "analysis.outputs.report_pdf.make_report", "analysis.reports.building.gather"
ONE_PAGE = "analysis.reports.one_page.make_one_page"
LAST = " of the last release"
STANDS = "analysis.publishing.taking_back.require_build_standing"  # asked each time a file is taken
WAITS, WAITS_AT = "analysis.disclosing.released.release_awaited", "disclosing:page"
OF_RELEASE = "The same from the last release alone: nothing in it is for the team only."
# Name, what it is called, what it is, how it is made, whether a release may have it.
PRINTED = (
    ("topline", "Topline", "Every question in its order, with every answer, count, share and base.", MAKE, True),
    ("one_page", "Summary on one page", "The response, a few findings and charts on one side of A4.", ONE_PAGE, True),
    (
        "methodology",
        "Methodology and response",
        "Fieldwork, outcomes, rates, how boards answered, weights, disclosure, coding.",
        MAKE,
        True,
    ),
    ("comparison", "Beside earlier surveys", "Published figures and earlier waves, each tested.", MAKE, False),
    ("non_response", "Who did not answer", "Everything that is known of the silent, for the team.", MAKE, False),
)


def _declare(name: str, words: str, explanation: str, make: str) -> None:
    file_name = f"{{wave}}-{name.replace('_', '-')}.pdf"
    declare(
        Kind(
            name=f"{name}_pdf",
            words=f"{words} (PDF)",
            gather=GATHER,
            make=make,
            file_name=file_name,
            roles=TEAM,
            is_offered=True,
            explanation=explanation,
            page=f"read/{name}/",
        )
    )


def _declare_released(name: str, words: str, make: str) -> None:
    declare(
        Kind(
            name=f"released_{name}_pdf",
            words=f"{words}{LAST} (PDF)",
            gather=GATHER,
            make=make,
            file_name=f"{{wave}}-released-{name.replace('_', '-')}.pdf",
            roles=ANALYSTS,
            is_offered=True,
            explanation=OF_RELEASE,
            waits=WAITS,
            waits_at=WAITS_AT,
            stands=STANDS,
        )
    )


def _declare_sheet(name: str, words: str, explanation: str, file_name: str) -> None:
    declare(
        Kind(
            name=name,
            words=words,
            gather="analysis.reports.building.gather_sheet",
            make="analysis.reports.building.make_sheet",
            file_name=file_name,
            content_type=SHEET,
            roles=ANALYSTS if name.startswith("released") else TEAM,
            is_offered=True,
            explanation=explanation,
            waits=WAITS if name.startswith("released") else "",
            waits_at=WAITS_AT if name.startswith("released") else "",
            stands=STANDS if name.startswith("released") else "",
        )
    )


for _name, _words, _explanation, _make, _may_be_released in PRINTED:
    _declare(_name, _words, _explanation, _make)
    if _may_be_released:
        _declare_released(_name, _words, _make)
_declare_sheet(
    "topline_xlsx", "Topline (workbook)", "The topline as a workbook, a table on a sheet.", "{wave}-topline.xlsx"
)
_declare_sheet("released_topline_xlsx", f"Topline{LAST} (workbook)", OF_RELEASE, "{wave}-released-topline.xlsx")
