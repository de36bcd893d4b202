"""Tables of coded answers in a release: boards per code, each code a yes or no of those that answered.

Codes overlap, so no sum links two of them; a count below five stands there in words. What binds them is their base: it
must be that of the other tables, and must not differ by a few boards from that of an earlier release.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from analysis.core.agreement import Publication
from analysis.core.coded import Coded
from analysis.core.disclosure import SMALLEST_NATIONAL_BASE, difference_is_safe
from analysis.core.release.earlier import Earlier
from analysis.core.release.groups import EVERYONE
from analysis.core.release.linked import HIDDEN_BEFORE, IN_WORDS

WROTE = "wrote at "
UNPRINTED = frozenset({Publication.WORDS, Publication.NOTHING})


def wrote_at(item: str) -> str:
    """The name of the count of boards that answered the item in words."""
    return f"{WROTE}{item} @ {EVERYONE}"


def coded_as(item: str, code: str) -> str:
    """The name of the count of boards that have this code; the rest of those that answered have not."""
    return f"{item} ~ {code} @ {EVERYONE}"


def why_not(coded: Coded, *, total: int) -> str:
    """Return why the table is not released, nothing if it is; `total` is how many returns all other tables are on."""
    bases = coded.bases
    if bases.submitted != total:
        return f"it is on {bases.submitted:,} returns, and the other tables on {total:,}"
    if bases.answered < SMALLEST_NATIONAL_BASE:
        return f"its base is {bases.answered:,}, and national tables need {SMALLEST_NATIONAL_BASE}"
    return ""


def hidden_codes(coded: Coded, *, before: Iterable[str]) -> dict[str, str]:
    """Return the codes whose counts are not told: in words already, or hidden by an earlier release."""
    kept, names = frozenset(before), {row: coded_as(coded.spec.item, row.code) for row in coded.rows if row.boards}
    found = {name: HIDDEN_BEFORE for name in names.values() if name in kept}
    return found | {name: IN_WORDS for row, name in names.items() if row.publication in UNPRINTED}


def differing_bases(bases: Mapping[str, int], *, earlier: Sequence[Earlier]) -> Iterator[str]:
    """Yield a sentence for each item that a few more or fewer boards answered than in an earlier release."""
    for release in earlier:
        for name, base in bases.items():
            before = release.bases.get(name, base)
            if name.startswith(WROTE) and not difference_is_safe(base, published=before):
                item = name.removeprefix(WROTE).partition(" @ ")[0]
                yield (
                    f"{base:,} boards answered {item} in words here, {before:,} in release {release.number}: what the "
                    "few wrote could be worked out. Leave the table of codes out."
                )
