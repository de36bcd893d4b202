"""What is sealed opens with its key alone, in the format of age; the Merkle root is that of RFC 6962."""

import io
from base64 import b64decode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from respondents.backups.merkle import merkle_root
from respondents.backups.sealing import CHUNK, CannotOpen, new_identity, opened, recipient_of, sealed

pytestmark = pytest.mark.pure

# The example of the age project's own documentation (filippo.io/age/armor), made by its own program.
THEIR_IDENTITY = "AGE-SECRET-KEY-184JMZMVQH3E6U0PSL869004Y3U2NYV7R30EU99CSEDNPH02YUVFSZW44VU"
THEIR_RECIPIENT = "age1cy0su9fwf3gf9mw868g5yut09p6nytfmmnktexz2ya5uqg9vl9sss4euqm"
THEIR_FILE = b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSB4YWdhZHZ0WG1PZldDT1hDK3RPRzFkUlJnWlFBQlUwemtjeXFRMFp6V1VFCnRzZFV3a3Vk"
    "d1dSUWw2eEtrRkVvSHcvZnp6Q3lqLy9HMkM4ZjUyUGdDZjQKLS0tIDlpVUpuVUQ5YUJyUENFZ0lNSTB2ekUvS3E5WjVUN0F5ZWR1ejhpeU5rZUUK"
    "svPGYt7vf0o1kyJ1eVFMz1e4JnYYk1y1kB/RRusYjn+KVJ+KTioxj0THtzZPXcjFKuQ1"
)
KEY = new_identity()


def seal(content: bytes, *, piece: int = 1000) -> bytes:
    pieces = (content[start : start + piece] for start in range(0, len(content), piece))
    return b"".join(sealed(pieces, recipient=recipient_of(KEY)))


def read(content: bytes, *, identity: str = KEY) -> bytes:
    return b"".join(opened(io.BytesIO(content), identity=identity))


def test_what_the_age_program_sealed_is_opened_here() -> None:
    assert recipient_of(THEIR_IDENTITY) == THEIR_RECIPIENT
    assert read(THEIR_FILE, identity=THEIR_IDENTITY) == b"Black lives matter."


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_is_sealed_is_opened_whatever_its_size(size: int) -> None:
    content = b"0123456789abcde" * (size // 15 + 1)
    assert read(seal(content[:size], piece=50_000)) == content[:size]


def test_the_size_of_a_sealed_file_is_that_of_age() -> None:
    assert len(seal(b"Black lives matter.")) == 219  # as their documentation says of the same words


@pytest.mark.parametrize("place", [0, 30, 80, 150, 190, 250, CHUNK + 300, -1])
def test_a_changed_bit_anywhere_is_found(place: int) -> None:
    content = bytearray(seal(b"an answer " * 10_000))
    content[place] ^= 1
    with pytest.raises(CannotOpen):
        read(bytes(content))


@pytest.mark.parametrize("kept", [0, 10, 100, 200, 300, CHUNK, CHUNK + 216, -1])
def test_a_stream_that_was_cut_off_is_found(kept: int) -> None:
    with pytest.raises(CannotOpen):
        read(seal(b"an answer " * 10_000)[:kept])


def test_another_key_opens_nothing_and_a_mistyped_one_is_told() -> None:
    with pytest.raises(CannotOpen, match="for another key"):
        read(seal(b"x"), identity=new_identity())
    with pytest.raises(CannotOpen, match="a letter of it is wrong"):
        read(seal(b"x"), identity=KEY[:-1] + ("Q" if KEY[-1] != "Q" else "P"))
    with pytest.raises(CannotOpen, match="does not begin with AGE-SECRET-KEY-1"):
        read(seal(b"x"), identity=recipient_of(KEY))


def by_recursion(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, as it stands there."""
    if len(leaves) <= 1:
        return sha256(b"\x00" + leaves[0] if leaves else b"").digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + by_recursion(leaves[:split]) + by_recursion(leaves[split:])).digest()


@given(st.lists(st.binary(max_size=4), max_size=40))
def test_the_root_is_that_of_the_standard(leaves: list[bytes]) -> None:
    assert merkle_root(iter(leaves)) == (by_recursion(leaves).hex(), len(leaves))
