"""The PIN with which staff leave a kiosk: kept as a slow hash, so that whoever reads the settings does not know it."""

import hashlib
import hmac
import secrets

ROUNDS = 600_000
"""Of PBKDF2 with SHA-256: a third of a second."""
LENGTHS = range(4, 13)
"""Digits."""


def hashed(pin: str, salt: bytes | None = None, rounds: int = ROUNDS) -> str:
    """Return what the settings keep of `pin`: algorithm, rounds, salt and hash."""
    salt = salt or secrets.token_bytes(16)
    return f"pbkdf2-sha256:{rounds}:{salt.hex()}:{_hash(pin, salt, rounds).hex()}"


def is_right(pin: str, kept: str) -> bool:
    """Return whether `kept` was made of `pin`; False for whatever is no such hash."""
    try:
        _, rounds, salt, digest = kept.split(":")
        return hmac.compare_digest(_hash(pin, bytes.fromhex(salt), int(rounds)).hex(), digest)
    except ValueError:
        return False


def _hash(pin: str, salt: bytes, rounds: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, rounds)
