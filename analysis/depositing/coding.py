"""The coding frames and the counts of codes of the tables that a release makes of answers in words."""

from collections.abc import Iterator

from analysis.depositing.gathering import Gathered
from analysis.opentext.frames import codes_of
from analysis.opentext.models import FrameVersion

FRAME_HEADS = ("item", "version", "code", "name", "definition", "include", "exclude", "example", "within", "retired")
COUNT_HEADS = ("table", "row", "label", "boards", "answered", "submitted")
Row = tuple[str | int | None, ...]


def coding_frames(found: Gathered) -> Iterator[Row]:
    """Every code of every frame that the release counts by, in the version that it was prepared with."""
    for item in dict.fromkeys(each.spec.item for each in found.material.coded if each.spec.id in found.recipe.by_code):
        before = FrameVersion.objects.filter(wave=found.wave, item=item, made_at__lte=found.release.prepared_at)
        frame = before.order_by("-number").first()
        for code in codes_of(frame):
            words = (code.name, code.definition, code.include, code.exclude, code.example, code.parent)
            yield (item, frame.number if frame else None, code.key, *words, "yes" if code.is_retired else "no")


def counts_of_codes(found: Gathered) -> Iterator[Row]:
    """How many boards have each code, as far as the release tells it, of how many."""
    tables = {table.id: table for table in found.tables}
    for each in found.material.coded:
        if each.spec.id in found.recipe.by_code:
            for row in tables[each.spec.id].rows:
                count = tables[each.spec.id].cell(row.id, "boards").count
                yield (each.spec.id, row.id, row.label, count, each.bases.answered, each.bases.submitted)
