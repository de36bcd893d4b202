"""Sealed streams: the format age v1 (https://age-encryption.org/v1) for one X25519 recipient.

Whoever seals knows the recipient alone, which opens nothing; the identity that opens is kept elsewhere. The program
`age` opens what is sealed here, so that a backup can be read on a machine without this product.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from hmac import compare_digest
from io import RawIOBase
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from respondents.backups import bech32

RECIPIENT, IDENTITY = "age", "age-secret-key-"
VERSION = b"age-encryption.org/v1\n"
CHUNK, TAG = 64 * 1024, 16
_KEY, _FILE_KEY, _ZERO = 32, 16, bytes(12)
_LONGEST_HEADER = 100  # lines


class CannotOpen(Exception):
    """What is wrong with a key or a sealed stream, as the end of a sentence."""


class Reads(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int, /) -> bytes: ...


def new_identity() -> str:
    """A key that opens what is sealed for its recipient."""
    return bech32.encode(IDENTITY, X25519PrivateKey.generate().private_bytes_raw()).upper()


def recipient_of(identity: str) -> str:
    """What belongs to this identity and may be known to whoever seals."""
    return bech32.encode(RECIPIENT, _private(identity).public_key().public_bytes_raw())


def sealed(pieces: Iterable[bytes], *, recipient: str) -> Iterator[bytes]:
    """The stream, piece by piece, as only the holder of the identity can read it."""
    file_key, nonce = os.urandom(_FILE_KEY), os.urandom(16)
    yield _header(file_key, recipient=recipient) + nonce
    cipher, number = ChaCha20Poly1305(_derived(file_key, salt=nonce, told=b"payload")), 0
    held = b""
    for piece in pieces:
        held += piece
        while len(held) > CHUNK:  # the last chunk is marked, so one is held back
            yield cipher.encrypt(_nonce(number, is_last=False), held[:CHUNK], None)
            held, number = held[CHUNK:], number + 1
    yield cipher.encrypt(_nonce(number, is_last=True), held, None)


def opened(source: BinaryIO | RawIOBase | Reads, *, identity: str) -> Iterator[bytes]:
    """What was sealed, chunk by chunk. CannotOpen where the key is another's or a bit was changed, added or cut off.

    A chunk is given out once it was checked; that nothing is missing is known at the end.
    """
    file_key = _file_key(source, identity=identity)
    cipher = ChaCha20Poly1305(_derived(file_key, salt=_whole(source, 16), told=b"payload"))
    chunk, number = _whole(source, CHUNK + TAG), 0
    while True:
        following = _whole(source, CHUNK + TAG)
        try:
            content = cipher.decrypt(_nonce(number, is_last=not following), chunk, None)
        except InvalidTag:
            raise CannotOpen("it was changed or cut off after it was sealed") from None
        if not content and number:
            raise CannotOpen("it has an empty piece at its end")
        yield content
        if not following:
            return
        chunk, number = following, number + 1


def _header(file_key: bytes, *, recipient: str) -> bytes:
    public, own = _public(recipient), X25519PrivateKey.generate()
    share = own.public_key().public_bytes_raw()
    wrapping = _wrapping_key(own.exchange(public), share=share, recipient=public.public_bytes_raw())
    body = ChaCha20Poly1305(wrapping).encrypt(_ZERO, file_key, None)
    told = VERSION + b"-> X25519 %s\n%s\n---" % (_bare(share), _bare(body))
    return told + b" %s\n" % _bare(_mac(told, file_key=file_key))


def _file_key(source: Reads, *, identity: str) -> bytes:
    told, stanzas, mac = _read_header(source)
    private = _private(identity)
    own = private.public_key().public_bytes_raw()
    for share, body in stanzas:
        wrapping = _wrapping_key(private.exchange(X25519PublicKey.from_public_bytes(share)), share=share, recipient=own)
        try:
            file_key = ChaCha20Poly1305(wrapping).decrypt(_ZERO, body, None)
        except InvalidTag:
            continue
        if compare_digest(_mac(told, file_key=file_key), mac):
            return file_key
        raise CannotOpen("its head was changed after it was sealed")
    raise CannotOpen("it was sealed for another key")


def _read_header(source: Reads) -> tuple[bytes, list[tuple[bytes, bytes]], bytes]:
    """What the head is vouched for with, its stanzas for keys of our kind, and its code."""
    told, stanzas = _line(source), list[tuple[bytes, bytes]]()
    if told != VERSION:
        raise CannotOpen("it is not a sealed file")
    for _ in range(_LONGEST_HEADER):
        line = _line(source)
        if line.startswith(b"--- "):
            return told + b"---", stanzas, _unbare(line[4:-1])
        told += line
        kind, _, share = line[3:-1].partition(b" ")
        if line.startswith(b"-> ") and kind == b"X25519":
            told += (body := _line(source))
            stanzas.append((_unbare(share), _unbare(body[:-1])))
    raise CannotOpen("its head does not end")


def _line(source: Reads) -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        letter = source.read(1)
        if not letter or len(line) > 200:
            raise CannotOpen("it is not a sealed file")
        line += letter
    return line


def _whole(source: Reads, size: int) -> bytes:
    """So many bytes, fewer only at the end: a pipe gives them in pieces."""
    parts, left = list[bytes](), size
    while left and (part := source.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _wrapping_key(shared: bytes, *, share: bytes, recipient: bytes) -> bytes:
    return _derived(shared, salt=share + recipient, told=b"age-encryption.org/v1/X25519")


def _derived(secret: bytes, *, salt: bytes | None, told: bytes) -> bytes:
    return HKDF(SHA256(), _KEY, salt=salt, info=told).derive(secret)


def _mac(told: bytes, *, file_key: bytes) -> bytes:
    code = HMAC(_derived(file_key, salt=None, told=b"header"), SHA256())
    code.update(told)
    return code.finalize()


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _bare(content: bytes) -> bytes:
    return b64encode(content).rstrip(b"=")


def _unbare(text: bytes) -> bytes:
    try:
        return b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except ValueError:
        raise CannotOpen("its head is not as age writes it") from None


def _public(recipient: str) -> X25519PublicKey:
    return X25519PublicKey.from_public_bytes(_content(recipient, RECIPIENT))


def _private(identity: str) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(_content(identity, IDENTITY))


def _content(key: str, wanted: str) -> bytes:
    try:
        name, content = bech32.decode(key.strip())
    except ValueError as error:
        raise CannotOpen(f"the key cannot be used: {error}") from None
    if name != wanted or len(content) != _KEY:
        raise CannotOpen(f"the key cannot be used: it does not begin with {wanted.upper()}1")
    return content
