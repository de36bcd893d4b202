"""A long preview is made once and kept by pages, until it is confirmed or discarded."""

import json
import zlib
from collections.abc import Iterator, Sequence

from respondents.paging import ON_A_PAGE
from respondents.register.history import ChangeKind, RegisterImport, Subject
from respondents.register.jobs import PreviewLeaf
from respondents.register.planning import Move, Plan, counts_of, in_order


def keep_preview(proposed: RegisterImport, made: Plan, warnings: Sequence[str]) -> None:
    """Keeps what the import would do in place of what was kept before; the caller saves the import itself."""
    proposed.leaves.all().delete()
    PreviewLeaf.objects.bulk_create(_leaves(proposed, in_order(made.moves)), batch_size=500)
    proposed.digest, proposed.warnings, proposed.counts = made.digest, list(warnings), counts_of(made)


def moves_on(leaf: PreviewLeaf) -> list[Move]:
    """The moves on this page."""
    rows = json.loads(zlib.decompress(bytes(leaf.packed)))
    return [
        Move(Subject(subject), tuple(key), about, ChangeKind(kind), before, after, line)
        for subject, key, about, kind, before, after, line in rows
    ]


def _leaves(proposed: RegisterImport, moves: Sequence[Move]) -> Iterator[PreviewLeaf]:
    for start in range(0, len(moves), ON_A_PAGE):
        rows = [
            (each.subject, each.key, each.about, each.kind, each.before, each.after, each.line)
            for each in moves[start : start + ON_A_PAGE]
        ]
        packed = zlib.compress(json.dumps(rows, ensure_ascii=False).encode(), level=1)
        yield PreviewLeaf(of_import=proposed, number=start // ON_A_PAGE + 1, packed=packed)
