"""Which unit each feature of a boundary file is of: by one property for the whole file."""

from collections.abc import Sequence
from typing import Any

from lienthong.lib.text import fold
from lienthong.people.organisation.values import UnitCard

Read = list[UnitCard | None]


def named_units(all_properties: Sequence[Any], units: Sequence[UnitCard]) -> Read:
    """The unit of each feature, None where it is none's.

    Residents or a running number look like a unit's code now and then. So one property is read for the whole
    file: under which most units are found, by official code or by name; where a name and a number find as many,
    the name, which is none by accident. A feature without a code there may still say its name.
    """
    rows = [_texts(properties) for properties in all_properties]
    keys = list(dict.fromkeys(key for row in rows for key in row))
    by_code = _best(rows, keys, {unit.code: unit for unit in units}, _code)
    by_name = _best(rows, keys, _unshared(units), fold)
    if _distinct(by_name) >= _distinct(by_code):
        return by_name
    return [code or name for code, name in zip(by_code, by_name, strict=True)]


def _best(rows: list[dict[str, str]], keys: list[str], units: dict[str, UnitCard], read: Any) -> Read:
    """The features' units by the property under which most are found."""
    readings: list[Read] = [
        [units.get(read(row[key])) if key in row else None for row in rows] for key in keys
    ]
    return max(readings, key=_distinct, default=[None] * len(rows))


def _texts(properties: Any) -> dict[str, str]:
    values = properties.items() if isinstance(properties, dict) else ()
    return {
        str(key): str(value).strip()
        for key, value in values
        if isinstance(value, str | int) and not isinstance(value, bool)
    }


def _code(text: str) -> str:
    """An official code of five digits, also where a spreadsheet has eaten its zeros."""
    return text.zfill(5) if text.isdecimal() else ""


def _unshared(units: Sequence[UnitCard]) -> dict[str, UnitCard]:
    """The units by folded name, without those that two share."""
    found: dict[str, list[UnitCard]] = {}
    for unit in units:
        found.setdefault(fold(unit.name), []).append(unit)
    return {name: same[0] for name, same in found.items() if len(same) == 1}


def _distinct(read: Read) -> int:
    return len({unit.id for unit in read if unit})
