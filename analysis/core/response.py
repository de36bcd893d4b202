"""Response rates on a closed list: how many of those eligible have answered, always with both numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.core.percent import percent


@dataclass(frozen=True, slots=True)
class Rate:
    """Returns out of eligible units. Nobody eligible means no rate."""

    returns: int
    eligible: int
    unit: str

    @property
    def percent(self) -> int | None:
        """Return the rate in whole percent, rounded half up, or None where nobody is eligible."""
        return percent(self.returns, self.eligible) if self.eligible else None

    @property
    def missing(self) -> int:
        """Return how many of those eligible have not answered."""
        return max(self.eligible - self.returns, 0)

    def __str__(self) -> str:
        rate = f" ({self.percent}%)" if self.percent is not None else ""
        return f"{self.returns:,} of {self.eligible:,} {self.unit}{rate}"


@dataclass(frozen=True, slots=True)
class LevelResponse:
    """The response at one level of a stratum: on boards, on authorities, and as a share of all returns."""

    level: str
    returns: int
    boards: Rate
    authorities: Rate
    share: int | None


def response_by_level(
    levels: Iterable[str],
    *,
    returns: Mapping[str, int],
    boards: Mapping[str, int],
    authorities: Mapping[str, int],
    total: int,
) -> tuple[LevelResponse, ...]:
    """Return the response at each level, in the order given; `total` is the number of all returns (for shares)."""
    return tuple(
        LevelResponse(
            level=level,
            returns=(count := returns.get(level, 0)),
            boards=Rate(count, boards.get(level, 0), "boards"),
            authorities=Rate(count, authorities.get(level, 0), "authorities"),
            share=percent(count, total) if total else None,
        )
        for level in levels
    )
