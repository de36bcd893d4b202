"""What an analyst asks for: an item, what it is broken down by, the base, and how finely its scale is told."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal
from urllib.parse import urlencode

from analysis.core.plan_document import Base

ScaleForm = Literal["full", "collapsed"]
KEYS = ("item", "by", "base", "scale")


@dataclass(frozen=True)
class Choice:
    """One exploratory table; `item` is the code of an item or of a battery, `by` is empty for all returns together."""

    item: str
    by: str = ""
    base: Base = "returned"
    scale: ScaleForm = "full"

    @property
    def query(self) -> str:
        """The query string that leads back to this table."""
        return urlencode({key: value for key, value in self.specification.items() if value})

    @property
    def specification(self) -> Mapping[str, str]:
        """The choice as it is kept and recorded."""
        return asdict(self)

    def at(self, scale: ScaleForm) -> "Choice":
        """The same table with its scale told otherwise."""
        return replace(self, scale=scale)


def choice_of(specification: Mapping[str, Any]) -> Choice:
    """The choice that was kept."""
    return Choice(**{key: specification[key] for key in KEYS})
