"""Whether a look-up may be tried now. Everybody may; only guessing is slowed down."""

import hmac
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection

from lienthong.fronts.public.enums import Gate
from lienthong.fronts.public.rules.guessing import ADDRESS_WINDOW, DAY, QUARTER, gate

_FAILURES = """
SELECT (SELECT count(*) FROM public_lookupfailure
        WHERE code_digest = %(code)s AND code_digest <> '' AND failed_at > %(quarter)s),
       (SELECT count(*) FROM public_lookupfailure
        WHERE code_digest = %(code)s AND code_digest <> '' AND failed_at > %(day)s),
       (SELECT count(*) FROM public_lookupfailure
        WHERE address_digest = %(address)s AND failed_at > %(minute)s)
"""


def find_gate(*, code: str, address: str, at: datetime) -> Gate:
    """The gate for a code ("" with a receipt's QR) from an address. One statement, over few rows.

    Two requests at the very same moment may both pass on the last free try: the overshoot is at most the number
    of the server's threads, and a lock here would let a stranger hold them all.
    """
    asked: dict[str, Any] = {
        "code": keyed("code", code) if code else "",
        "address": keyed("address", address),
        "quarter": at - QUARTER,
        "day": at - DAY,
        "minute": at - ADDRESS_WINDOW,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FAILURES, asked)
        return gate(*cursor.fetchone())


def keyed(kind: str, text: str) -> str:
    """The digest under which a code or an address is kept."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{kind}:{text}".encode(), sha256).hexdigest()
