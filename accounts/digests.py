"""Digests: the same content gives the same characters, and any change shows."""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

from django.conf import settings

SHA_256 = "sha256"
# What links of a chain may be made by. A digest without a name is of the first; each other bears its name before it.
FOR_CHAINS: dict[str, Callable[[bytes], Any]] = {SHA_256: hashlib.sha256, "sha3-256": hashlib.sha3_256}


def digest_of(content: object) -> str:
    """SHA-256 of the content as JSON with sorted keys and no spaces, in hexadecimal."""
    return hashlib.sha256(_canonical(content)).hexdigest()


def chain_digest(content: object, *, like: str = "") -> str:
    """The digest of one link: as settings say for a new one, and by the name in `like`, its digest, for one to check.

    So the algorithm can be changed at any time, and what was written before is still checked. Nothing has the digest of
    a name that nobody knows.
    """
    name = (like.partition(".")[0] if "." in like else SHA_256) if like else settings.CHAIN_DIGEST
    if name not in FOR_CHAINS:
        return ""
    made = FOR_CHAINS[name](_canonical(content))
    if name == SHA_256:
        return str(made.hexdigest())
    return f"{name}.{urlsafe_b64encode(made.digest()).decode().rstrip('=')}"


def bytes_digest(content: bytes) -> str:
    """SHA-256 of these bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _canonical(content: object) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
