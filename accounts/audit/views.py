"""Doors of the audit, for administrators."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.audit.exporting import export_entries
from accounts.audit.finding import find_entries, page_of
from accounts.audit.forms import AuditFilterForm
from accounts.audit.pages import audit_page
from accounts.models import Role
from accounts.requests import SignedInRequest
from accounts.rules import staff


@staff(Role.ADMINISTRATOR)
@require_safe
def entries(request: SignedInRequest) -> HttpResponse:
    """What staff did, the newest first, fifty at a time."""
    form = AuditFilterForm(request.GET)
    wanted = form.wanted
    shown, below = page_of(find_entries(wanted), before=wanted.get("before"))
    page = audit_page(shown, asked=request.GET, below=below)
    return render(request, "account/audit/entries.html", {"page": page, "form": form})


@staff(Role.ADMINISTRATOR, step_up=True)
@require_safe
def export(request: SignedInRequest) -> StreamingHttpResponse:
    """The same as CSV, all of it."""
    now = timezone.now()
    lines = export_entries(AuditFilterForm(request.GET).wanted, by=request.user, now=now)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="audit-{now:%Y-%m-%d}.csv"'
    return answer
