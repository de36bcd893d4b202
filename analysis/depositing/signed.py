"""Service: the report that a deposit holds: the very file that was signed off, or what the text said at the release."""

from datetime import datetime

from analysis.core.document.blocks import Document
from analysis.depositing.refusals import NotQuotable
from analysis.disclosing.models import Release
from analysis.disclosing.reporting import document_of_release
from analysis.house_style.standing import dressed, house_at
from analysis.publishing.models import Edition
from analysis.publishing.quoted import lost_of, lost_words


def report_of_deposit(release: Release, *, released_at: datetime) -> bytes | Document:
    """The signed file of the last edition of this release; of a release that came out with no report, its document.

    NotQuotable where the signed report prints a quote for which there is no permission any more.
    """
    edition = signed_edition(release)
    if edition is None:
        return dressed(document_of_release(release, now=released_at), house_at(released_at))
    if lost := lost_of(edition):
        raise NotQuotable(f"{lost_words(edition, lost)} Correct the publication first, then build the deposit.")
    return bytes(edition.files.get(form="pdf").content)


def signed_edition(release: Release) -> Edition | None:
    """The last edition of this release that was signed off with a report, and whose publication was not withdrawn."""
    kept = Edition.objects.defer("content", "tables", "page").select_related("release__wave")
    signed = kept.filter(release=release, sign_off__isnull=False, files__form="pdf", publication__withdrawal=None)
    return signed.order_by("sign_off__at").last()
