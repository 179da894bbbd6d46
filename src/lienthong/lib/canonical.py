"""Canonical JSON: one value, one byte sequence, so that a digest means something.

Keys sorted by code point, no spaces, text in NFC, UTF-8 without escapes for letters. Dates are ISO 8601;
moments are UTC and end in Z; Decimal and UUID are text. Floats are refused: they have no one true spelling.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from lienthong.lib.text import nfc


class CanonicalError(TypeError):
    """A value that has no canonical form; the message names the path to it ("$.papers[2].amount")."""


def canonical(value: object) -> bytes:
    """The canonical JSON of a value as UTF-8.

    Takes None, bool, int, str, date, aware datetime, finite Decimal, UUID, and lists, tuples and mappings
    with text keys of these; enumerations of str or int count as their value. Raises CanonicalError for
    anything else.
    """
    plain = _plain(value, "$")
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise CanonicalError("$: text with half a surrogate pair") from error


def digest(value: object) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _plain(value: object, path: str) -> object:
    match value:
        case None | bool():
            return value
        case int():
            return int(value)
        case list() | tuple():
            return [_plain(item, f"{path}[{place}]") for place, item in enumerate(value)]
        case Mapping():
            return _plain_mapping(value, path)
        case _:
            return _as_text(value, path)


def _plain_mapping(value: Mapping[object, object], path: str) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise CanonicalError(f"{path}: a key must be text, not {type(key).__name__}")
        name = nfc(str(key))
        if name in plain:
            raise CanonicalError(f"{path}: the key {name!r} appears twice in different Unicode forms")
        plain[name] = _plain(item, f"{path}.{name}")
    return plain


def _as_text(value: object, path: str) -> str:
    match value:
        case str():
            return nfc(str(value))
        case datetime():
            if value.utcoffset() is None:
                raise CanonicalError(f"{path}: a moment without a zone")
            return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
        case date():
            return value.isoformat()
        case Decimal() if value.is_finite():
            return format(value, "f")
        case UUID():
            return str(value)
        case _:
            raise CanonicalError(f"{path}: {type(value).__name__} has no canonical form")
