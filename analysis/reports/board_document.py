"""A board's report as a document: the words of its template, its answers as small tables.

On the chair's page and on paper the answers are drawn instead; what stands before and after them is the template's,
with the sentence that says how to read bars, or tables.
"""

from collections.abc import Iterator, Sequence

from analysis.core.document import fill, parse
from analysis.core.document.blocks import Block, Cover, Document, Heading, Paragraph, Words
from analysis.core.document.material import Material
from analysis.planning import PLANS
from analysis.reports.pages.parts import ItemRow, QuestionPart, SectionPart
from analysis.reports.parts.making import facts, listed, said
from survey.models import Wave

ANSWERS = "answers"
BARS = "Each bar shows all boards that took a position on the scale; the mark at it is where your board stands."
TABLES = (
    "Beside what you said stands how many boards said the same: of all boards, and of those like yours. Where more "
    "than one answer could be chosen, each is told with how many chose it."
)
Split = tuple[tuple[Block, ...], tuple[Block, ...]]


def board_template(wave: Wave) -> str:
    """The template of the wave's plan for the report of one board, or the one that serves every survey."""
    own = PLANS / f"{wave.plan}.board.report.md"
    return (own if own.exists() else PLANS / "board.report.md").read_text(encoding="utf-8")


def board_document(
    wave: Wave,
    sections: Sequence[SectionPart],
    *,
    cover: Cover,
    standings: Sequence[str],
    source: str,
    drawn: bool,
) -> Document:
    """The whole report of one board."""
    return fill(
        parse(board_template(wave)),
        Material(
            unit="boards",
            cover=cover,
            facts={"returns": f"{cover.returns:,}"},
            parts={
                "standings": listed(standings),
                "reading": said(BARS if drawn else TABLES),
                ANSWERS: tuple(block for section in sections for block in _section(section)),
                "source": said(source),
            },
        ),
    )


def around_answers(document: Document, sections: Sequence[SectionPart]) -> Split:
    """What stands before the answers, and what stands after them; all of it before them where there are none."""
    ids = {_id(section) for section in sections}
    headings = [at for at, block in enumerate(document.blocks) if isinstance(block, Heading) and block.id in ids]
    if not headings:
        return document.blocks, ()
    last = len(tuple(_section(sections[-1])))
    return document.blocks[: headings[0]], document.blocks[headings[-1] + last :]


def _id(section: SectionPart) -> str:
    return f"section-{section.code}"


def _section(section: SectionPart) -> Iterator[Block]:
    yield Heading(_id(section), 2, (Words(section.title),))
    for question in section.questions:
        yield Heading(f"question-{question.code}", 3, (Words(question.wording),))
        yield from _question(question)


def _question(question: QuestionPart) -> Iterator[Block]:
    plain = [row for row in question.rows if not row.is_list]
    rows = ((row.label, row.answer, *row.cells) for row in plain)
    head = ("Item", "You said", *question.columns)
    yield from facts(f"beside-{question.code}", question.wording, head, rows, words=(1,))
    for row in question.rows:
        if row.is_list:
            yield from _choices(row)
    for own in question.own:
        label = "" if own.label == question.wording else f"{own.label}: "
        yield Paragraph((Words(f"{label}{own.text}"),))


def _choices(row: ItemRow) -> Iterator[Block]:
    chosen = ((each.label, "chosen" if each.is_yours else "–", *each.figures) for each in row.choices)
    yield from facts(f"beside-{row.id}", row.label, ("Answer", "You", *row.heads), chosen, words=(1,))
