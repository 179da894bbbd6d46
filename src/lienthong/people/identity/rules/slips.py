"""The code on a slip: made from the act's own key, so that the same act prints the same slip again."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.crypto import salted_hmac

# Without the letters that a reader takes for figures; 16 of them are 80 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
VALID = timedelta(days=14)
_LOOKS_LIKE = str.maketrans("OIL", "011")


def code_of(key: UUID, account_id: int) -> str:
    """The code of an account's slip in an act; nobody makes it without the server's own secret."""
    drawn = salted_hmac("lienthong.slip", f"{key}:{account_id}", algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in drawn[:LENGTH])


def typed_code(text: str) -> str:
    """The code as typed from paper: case, spaces and hyphens do not count, O is 0, I and L are 1."""
    kept = "".join(char for char in text.upper() if char.isascii() and char.isalnum())
    return kept.translate(_LOOKS_LIKE)


def digest_of(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


def expires_at(at: datetime) -> datetime:
    """Until when a slip of this moment works."""
    return at + VALID
