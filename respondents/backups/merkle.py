"""One digest over many: the root of a Merkle tree as RFC 6962 reckons it, of leaves that come one by one."""

from collections.abc import Iterable
from hashlib import sha256

_LEAF, _NODE = b"\x00", b"\x01"
EMPTY = sha256(b"").hexdigest()


def merkle_root(leaves: Iterable[bytes]) -> tuple[str, int]:
    """The root in hexadecimal, and how many leaves there were; their order counts."""
    # Roots of whole subtrees by falling size: at most one of each power of two, so a million leaves need twenty.
    stack: list[tuple[int, bytes]] = []
    many = 0
    for leaf in leaves:
        many, size, digest = many + 1, 1, sha256(_LEAF + leaf).digest()
        while stack and stack[-1][0] == size:
            size, digest = 2 * size, _joined(stack.pop()[1], digest)
        stack.append((size, digest))
    if not stack:
        return EMPTY, 0
    _, root = stack.pop()
    while stack:
        root = _joined(stack.pop()[1], root)
    return root.hex(), many


def _joined(left: bytes, right: bytes) -> bytes:
    return sha256(_NODE + left + right).digest()
