"""The one door by which a row that is written once loses some of its words: the time for keeping them is over.

The database refuses to update such rows and lets them be deleted, because the law on erasure needs it. So the row is
taken out and put back under its own key without the words, in the caller's transaction: nobody sees it missing.
Its digest stays what it was, so the chain holds; that its words can no longer be checked is noted on the return.
"""

from collections.abc import Sequence

from django.db import models, transaction

from accounts.append_only import AppendOnlyModel


def rewrite(rows: Sequence[AppendOnlyModel]) -> None:
    """Puts these rows, all of one kind, in the place of those with the same keys."""
    if not rows:
        return
    every: models.QuerySet[AppendOnlyModel] = models.QuerySet(type(rows[0]))
    with transaction.atomic():
        every.filter(pk__in=[row.pk for row in rows])._raw_delete(every.db)  # noqa: SLF001 -- no cascade is wanted
        every.bulk_create(rows, batch_size=200)
