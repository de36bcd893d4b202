"""Digests: the same content gives the same 64 characters, and any change shows."""

import hashlib
import json


def digest_of(content: object) -> str:
    """SHA-256 of the content as JSON with sorted keys and no spaces, in hexadecimal."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def bytes_digest(content: bytes) -> str:
    """SHA-256 of these bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
