"""How boards answer, as last tallied: items left blank, where returns stopped, minutes, devices, satisfaction."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from analysis.core.burden import compliance_cost
from analysis.core.percent import percent
from analysis.monitoring.figures import Figures
from analysis.monitoring.targets import Targets
from respondents.correspondence.models import Satisfaction
from survey.counting import counted
from survey.models import Wave

FLAG_BELOW = 90
DEVICES = {"phone": "Phone", "tablet": "Tablet", "computer": "Computer"}


@dataclass(frozen=True)
class ItemRow:
    """One item: of how many boards it was asked, and how many answered."""

    code: str
    section: str
    label: str
    asked: int
    answered: int
    rate: int | None

    @property
    def is_flagged(self) -> bool:
        """Whether fewer than nine in ten of those asked answered (M15)."""
        return self.rate is not None and self.rate < FLAG_BELOW


@dataclass(frozen=True)
class Count:
    """One line of a small table."""

    name: str
    number: int
    percent: int | None


@dataclass(frozen=True)
class AnsweringPanel:
    """What is known of how boards answer, as of a moment."""

    reckoned_at: datetime
    summary: str
    items: tuple[ItemRow, ...]
    stopped: tuple[Count, ...]
    minutes: str
    cost: str
    devices: tuple[Count, ...]
    satisfaction: tuple[Count, ...]

    @property
    def flagged(self) -> tuple[ItemRow, ...]:
        """The items that too few answered."""
        return tuple(item for item in self.items if item.is_flagged)


def answering_panel(figures: Figures) -> AnsweringPanel | None:
    """The panel; nothing until the worker has made its first tally."""
    if figures.tally is None:
        return None
    content = figures.tally.content
    items = item_rows(figures.wave, content)
    pages = {page.code: page.title for page in figures.wave.questionnaire.pages}
    stopped = {pages.get(code, code): number for code, number in content["stopped"].items()}
    said = {Satisfaction(int(value)).label: number for value, number in sorted(content["satisfaction"].items())}
    return AnsweringPanel(
        reckoned_at=figures.tally.reckoned_at,
        summary=_summary(items),
        items=items,
        stopped=tuple(sorted(counts_of(stopped), key=lambda each: -each.number)),
        minutes=_minutes(content),
        cost=_cost(content, figures.targets),
        devices=counts_of({DEVICES[name]: content["devices"][name] for name in DEVICES if name in content["devices"]}),
        satisfaction=counts_of(said),
    )


def item_rows(wave: Wave, content: dict[str, Any]) -> tuple[ItemRow, ...]:
    """Every item with codes, in the order of the questionnaire."""
    questionnaire = wave.questionnaire
    titles = {item.code: section.title for section in questionnaire.sections for item in section.items}
    return tuple(
        ItemRow(
            code=code,
            section=titles[code],
            label=questionnaire.items[code].short or questionnaire.items[code].label,
            asked=asked,
            answered=answered,
            rate=percent(answered, asked) if asked else None,
        )
        for code, (asked, answered) in content["items"].items()
        if code in titles
    )


def _summary(items: tuple[ItemRow, ...]) -> str:
    flagged = sum(item.is_flagged for item in items)
    if not any(item.asked for item in items):
        return "Nothing has been submitted yet."
    if not flagged:
        return f"Every one of {counted(len(items), 'item')} was answered by at least {FLAG_BELOW}% of those asked."
    return f"{flagged:,} of {counted(len(items), 'item')} were answered by fewer than {FLAG_BELOW}% of those asked."


def _minutes(content: dict[str, Any]) -> str:
    said, active = content["minutes"], content["active"]
    parts = []
    if said["returns"]:
        known = counted(said["returns"], "return")
        parts.append(f"Boards spent {said['median']:g} minutes (median of {known}), colleagues included, as they say.")
    if active["returns"]:
        parts.append(
            f"On the pages themselves it was {active['median']:g} minutes (median of "
            f"{counted(active['returns'], 'return')}), pauses of more than ten minutes left out."
        )
    return " ".join(parts) or "Nobody has said yet how long it took."


def _cost(content: dict[str, Any], targets: Targets) -> str:
    """What answering has cost the boards (M84); nothing until minutes and the cost of an hour are known."""
    said, again = content["minutes"], content.get("recontacts", 0) if targets.recontact_minutes else 0
    if not said["returns"] or targets.hourly_rate is None:
        return ""
    minutes, returns = Decimal(str(said["median"])), content["returns"]
    cost = compliance_cost(
        returns,
        median_minutes=minutes,
        hourly_rate=targets.hourly_rate,
        recontacted=again,
        recontact_minutes=targets.recontact_minutes or 0,
    )
    contacts = f" and {counted(again, 'further contact')} of {targets.recontact_minutes} minutes" if again else ""
    return (
        f"Answering has cost boards about £{cost:,.0f}, which is £{cost / returns:,.2f} a return: "
        f"{counted(returns, 'return')} of {minutes.normalize():f} minutes{contacts}, at £{targets.hourly_rate} an hour."
    )


def counts_of(numbers: dict[str, int]) -> tuple[Count, ...]:
    """Each number with its share of all."""
    total = sum(numbers.values())
    return tuple(Count(name, number, percent(number, total) if total else None) for name, number in numbers.items())
