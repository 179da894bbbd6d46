"""The secret in a receipt's QR code."""

import hmac
from hashlib import sha256

from django.conf import settings


def lookup_token(code: str) -> str:
    """32 hexadecimal characters derived from the dossier's code and the server's secret.

    Derived, so that a receipt can be printed again; 128 bits, so that nobody guesses it although dossier codes
    are sequential by law.
    """
    return hmac.new(settings.SECRET_KEY.encode(), f"lookup:{code}".encode(), sha256).hexdigest()[:32]


def lookup_digest(token: str) -> str:
    """What the database keeps of a token."""
    return sha256(token.encode()).hexdigest()
