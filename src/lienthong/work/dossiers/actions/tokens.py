"""The secret in a receipt's QR code."""

import hmac
from functools import lru_cache
from hashlib import sha256

from django.conf import settings

BLOCK = 64


def lookup_token(code: str) -> str:
    """32 hexadecimal characters derived from the dossier's code and the server's secret.

    Derived, so that a receipt can be printed again; 128 bits, so that nobody guesses it although dossier codes
    are sequential by law.
    """
    return hmac.new(_key(settings.SECRET_KEY), f"lookup:{code}".encode(), sha256).hexdigest()[:32]


def lookup_digest(token: str) -> str:
    """What the database keeps of a token."""
    return sha256(token.encode()).hexdigest()


def lookup_pads() -> tuple[str, str]:
    """The key's two blocks of the HMAC (RFC 2104), for the statement that issues the code: dossiers_token."""
    return _pads(settings.SECRET_KEY)


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    """A key that serves nothing else: it goes to the database with every intake."""
    return hmac.digest(secret.encode(), b"lienthong.dossiers.lookup", "sha256")


@lru_cache(maxsize=4)
def _pads(secret: str) -> tuple[str, str]:
    key = _key(secret).ljust(BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in key).hex(), bytes(byte ^ 0x5C for byte in key).hex()
