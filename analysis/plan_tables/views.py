"""The analyst's pages: every table of a wave, with its chart, and the same figures to take away."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from analysis.access import tabulates, takes_tables
from analysis.core.charts import Order
from analysis.covering import covered
from analysis.marking import for_the_team
from analysis.outputs.formats import FORMATS
from analysis.outputs.one_table_csv import one_table_csv
from analysis.plan_tables.findings import findings_page
from analysis.plan_tables.pages import one_table_page, tables_page
from analysis.plan_tables.printed import printed_page
from analysis.planning import plan_of
from analysis.tabulation import tables_of
from analysis.taking import note_taken
from survey.waves import find_opened_wave


@tabulates
@require_safe
def tables(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of the tables of the wave's plan."""
    return render(request, "analysis/tables.html", {"page": tables_page(find_opened_wave(slug), now=timezone.now())})


@tabulates
@require_safe
def every_table(request: HttpRequest, slug: str) -> HttpResponse:
    """All tables on one page, from the submissions that count now."""
    return render(
        request, "analysis/all_tables.html", {"page": tables_page(find_opened_wave(slug), now=timezone.now())}
    )


@tabulates
@require_safe
def table(request: HttpRequest, slug: str, table: str) -> HttpResponse:
    """One table with its charts; its items by net agreement, or as the questionnaire asks them."""
    order: Order = "table" if request.GET.get("order") == "questionnaire" else "net"
    page = one_table_page(find_opened_wave(slug), table, order=order, now=timezone.now())
    if page is None:
        raise Http404("There is no such table.")
    return render(request, "analysis/one_table.html", {"page": page})


@tabulates
@require_safe
def findings(request: HttpRequest, slug: str) -> HttpResponse:
    """The sentences of the plan with their numbers, and what was asked about each recommendation."""
    return render(
        request, "analysis/findings.html", {"page": findings_page(find_opened_wave(slug), now=timezone.now())}
    )


@tabulates
@require_safe
def printed(request: HttpRequest, slug: str) -> HttpResponse:
    """What cannot be right in the publications that the plan refers to."""
    return render(request, "analysis/printed.html", {"page": printed_page(find_opened_wave(slug), now=timezone.now())})


@takes_tables
@require_safe
def download(request: SignedInRequest, slug: str, output_format: str) -> HttpResponse:
    """Every table in one format, marked as what it is: for the team. Each copy is noted."""
    if output_format not in FORMATS:
        raise Http404
    chosen, wave, now = FORMATS[output_format], find_opened_wave(slug), timezone.now()
    tables = for_the_team(tables_of(wave, now=now), wave=wave, now=now)
    content = chosen.render(covered(tables, wave=wave, plan=plan_of(wave), made=now))
    note_taken(wave, what=f"tables as {output_format}", by=request.user, now=now)
    headers = {"Content-Disposition": f'attachment; filename="{slug}-tables.{output_format}"'}
    return HttpResponse(content, content_type=chosen.content_type, headers=headers)


@takes_tables
@require_safe
def one_table(request: SignedInRequest, slug: str, table: str) -> HttpResponse:
    """One table as CSV, marked as what it is: for the team. Each copy is noted."""
    wave, now = find_opened_wave(slug), timezone.now()
    found = [each for each in for_the_team(tables_of(wave, now=now), wave=wave, now=now) if each.id == table]
    if not found:
        raise Http404
    note_taken(wave, what=f"{table} as csv", by=request.user, now=now)
    headers = {"Content-Disposition": f'attachment; filename="{slug}-{table}.csv"'}
    return HttpResponse(one_table_csv(found[0]), content_type=FORMATS["csv"].content_type, headers=headers)
