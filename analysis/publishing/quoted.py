"""The quotes of an edition: which ones its report prints is settled when it is prepared; each must still be permitted.

What is kept are their keys: a quote is never changed, and its words are erased with the answer that they are from.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from analysis.core.document.blocks import Document, Quotes
from analysis.opentext.models import Quote
from analysis.opentext.printing import by_item, quotable
from analysis.publishing.models import Edition, Publication
from analysis.publishing.refusals import NotReady
from analysis.publishing.standing import standings
from respondents.returns.models import Return
from survey.counting import counted
from survey.models import Wave


def quotes_in(document: Document, wave: Wave, *, at: datetime) -> list[int]:
    """The keys of the quotes that a report prints which was filled at this moment."""
    printed = {(block.item, each) for block in document.blocks if isinstance(block, Quotes) for each in block.words}
    return sorted(each.pk for each in quotable(wave, at=at) if (each.item, each.text) in printed) if printed else []


def quotes_of_edition(edition: Edition) -> Mapping[str, Quotes]:
    """Those of the edition, and no others; NotReady where one may not be printed any more."""
    wave = edition.release.wave
    found = [each for each in quotable(wave) if each.pk in edition.quotes] if edition.quotes else []
    if lost := len(edition.quotes) - len(found):
        raise NotReady(f"{lost_words(edition, lost)} Prepare it again.")
    return by_item(wave, found)


def lost_of(edition: Edition) -> int:
    """How many of its quotes may not be printed any more."""
    return len({*edition.quotes} - {each.pk for each in quotable(edition.release.wave)}) if edition.quotes else 0


def lost_words(edition: Edition, lost: int) -> str:
    """The same for a reader."""
    return (
        f"Edition {edition.number} prints {counted(lost, 'quote')} for which there is no permission any more: the "
        "board took it back, or the quote was withdrawn, or its answer was changed, redacted again or erased."
    )


def hold_quotes(edition: Edition) -> None:
    """Until this transaction ends nobody decides otherwise on a quote of the edition."""
    quoted = Quote.objects.filter(pk__in=edition.quotes).values("survey_return")
    list(Return.objects.select_for_update().only("pk").filter(pk__in=quoted).order_by("pk"))


def warnings_for(wave: Wave) -> Iterator[str]:
    """A sentence for each publication of the wave that has come out, or is to, with a quote that may not be printed."""
    for standing in standings(Publication.objects.filter(wave=wave, withdrawal=None)):
        edition = standing.committed[-1].edition if standing.committed else None
        if edition and (lost := lost_of(edition)):
            yield (
                f"{standing.publication}: {lost_words(edition, lost)} It is signed off. Before its hour, prepare "
                "another edition and have that signed off, or move the day. Once it is out, correct or withdraw it."
            )
