"""The files of an edition as they are handed out, to the public and to those who may see it early."""

from django.http import Http404, HttpResponse

from analysis.disclosing.packing import formats_in, unpack
from analysis.outputs.formats import FORMATS
from analysis.publishing.builds import FORMS
from analysis.publishing.public.finding import Found, content_of, report_of


def report_file(found: Found, ending: str) -> HttpResponse:
    """The report with this ending; Http404 if the edition came out without it. A PDF opens in the browser."""
    if ending not in FORMS or not FORMS[ending].file_name:
        raise Http404
    content = report_of(found.edition, form=ending)
    way = "inline" if ending == "pdf" else "attachment"
    return _file(content, FORMS[ending].content_type, way=way, name=f"{_name(found)}.{ending}")


def tables_file(found: Found, name: str) -> HttpResponse:
    """All tables in this format; Http404 if there is none, or was none when the edition was prepared."""
    packed = content_of(found.edition)
    if name not in formats_in(packed):
        raise Http404
    content = unpack(packed, name=name)
    return _file(content, FORMATS[name].content_type, way="attachment", name=f"{_name(found)}.{name}")


def _name(found: Found) -> str:
    return f"{found.standing.publication.slug}-{found.edition.number}"


def _file(content: bytes, content_type: str, *, way: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'{way}; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
