"""Bech32 (BIP 173): the letters in which keys of age are written, with a checksum that finds any four wrong ones."""

from collections.abc import Iterable, Sequence

LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKED = 6  # letters of checksum


def encode(name: str, content: bytes) -> str:
    """The content under this name, in lower case."""
    fives = _regroup(content, given=8, wanted=5, pads=True)
    rest = _polymod([*_spread(name), *fives, *[0] * _CHECKED]) ^ 1
    checksum = [(rest >> 5 * (_CHECKED - 1 - place)) & 31 for place in range(_CHECKED)]
    return f"{name}1" + "".join(LETTERS[five] for five in (*fives, *checksum))


def decode(text: str) -> tuple[str, bytes]:
    """Name and content; ValueError where the text is not Bech32, or was typed wrongly."""
    if text not in (text.lower(), text.upper()):
        raise ValueError("capital and small letters are mixed")
    name, mark, rest = text.lower().rpartition("1")
    if not (name and mark and len(rest) >= _CHECKED) or set(rest) - set(LETTERS):
        raise ValueError("it is not a key")
    fives = [LETTERS.index(letter) for letter in rest]
    if _polymod([*_spread(name), *fives]) != 1:
        raise ValueError("a letter of it is wrong")
    return name, bytes(_regroup(fives[:-_CHECKED], given=5, wanted=8, pads=False))


def _spread(name: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in name), 0, *(ord(letter) & 31 for letter in name)]


def _polymod(values: Iterable[int]) -> int:
    rest = 1
    for value in values:
        top, rest = rest >> 25, (rest & 0x1FFFFFF) << 5 ^ value
        for place, term in enumerate(_GENERATOR):
            rest ^= term if top >> place & 1 else 0
    return rest


def _regroup(values: Sequence[int], *, given: int, wanted: int, pads: bool) -> list[int]:
    """The same bits in groups of another size; ValueError where what is left over says something."""
    held, bits, found = 0, 0, list[int]()
    for value in values:
        held, bits = held << given | value, bits + given
        while bits >= wanted:
            bits -= wanted
            found.append(held >> bits & ((1 << wanted) - 1))
    rest = held & ((1 << bits) - 1)
    if pads and bits:
        found.append(rest << (wanted - bits))
    elif not pads and (bits >= given or rest):
        raise ValueError("it has a letter too many")
    return found
