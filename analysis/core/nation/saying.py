"""The sentences of a board's report."""

from analysis.core.nation.figures import Figure
from analysis.core.nation.positions import Position, is_blank, part_of
from analysis.core.nation.told import Among
from survey.schema.answers import display


def answer_words(position: Position) -> str:
    """Return the board's answer alone, with how it is counted where the table counts it together with others."""
    part = part_of(position)
    if part is None:
        return "Not asked"
    if is_blank(position.value):
        return "No answer"
    own = display(position.item, position.value)
    return own if part.label == own else f"{own} (counted as {lowered(part.label)})"


def said(position: Position) -> str:
    """Return “You said: agree, as 21 of 57 boards (37%)”."""
    nation = position.among[0]
    if position.told.overlaps:
        return _chosen(position, nation)
    part = part_of(position)
    if part is None:
        return "You were not asked this."
    if is_blank(position.value):
        return f"You gave no answer{_with(figure_of(position, nation))}."
    return f"You said: {lowered(answer_words(position))}{_with(figure_of(position, nation))}."


def among_words(position: Position, among: Among) -> str:
    """Return how many of these boards gave the same answer: “Unitary authorities: 7 of 19 boards (37%)”."""
    figure = figure_of(position, among)
    return f"{among.who}: {figure.words if figure else 'no board'}"


def figure_of(position: Position, among: Among) -> Figure | None:
    """Return the figure of the answer to a single choice among these boards."""
    return next((figure for place, figure in enumerate(among.figures) if place in position.mine), None)


def lowered(label: str) -> str:
    """Return a label as it stands within a sentence; abbreviations and the word I keep their capitals."""
    return label[0].lower() + label[1:] if label[1:2].islower() and not label.startswith("I ") else label


def _chosen(position: Position, nation: Among) -> str:
    options = [part for part in position.told.parts if not part.apart]
    mine = [part for place, part in enumerate(position.told.parts) if place in position.mine and not part.apart]
    if not mine:
        apart = part_of(position)
        return (
            f"You chose none of these{f' ({lowered(apart.label)})' if apart else ''}, of {nation.base:,} boards asked."
        )
    return f"You chose {len(mine):,} of {len(options):,}; {nation.base:,} boards were asked."


def _with(figure: Figure | None) -> str:
    if figure is None or figure.count is None:
        return ""
    if figure.count == 1:
        return f", alone among {figure.base:,} boards"
    return f", as {figure.words}"
