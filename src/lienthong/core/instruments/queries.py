"""Reading instruments."""

from collections.abc import Iterable
from datetime import date

from lienthong.core.instruments.models import Instrument
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.queries import ask


def by_slug(slug: str) -> Instrument:
    """The instrument of this slug. Raises NotFound."""
    found = Instrument.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound
    return found


def ids_by_slug() -> dict[str, int]:
    """Every instrument's id by its slug, for loaders. One statement."""
    return dict(Instrument.objects.values_list("slug", "pk"))


def numbers_by_slug() -> dict[str, str]:
    """Every instrument's number by its slug, for loaders. One statement."""
    return dict(Instrument.objects.values_list("slug", "number"))


def ids_by_number() -> dict[str, int]:
    """Every instrument's id by its number as written ("163/QĐ-BTP"), for loaders. One statement."""
    return dict(Instrument.objects.order_by("-pk").values_list("number", "pk"))


def is_registered(instrument_id: int) -> bool:
    """Whether there is an instrument of this id. One statement."""
    return Instrument.objects.filter(pk=instrument_id).exists()


def changes_to(texts: Iterable[str]) -> dict[str, list[tuple[str, str, date | None]]]:
    """What later instruments do to those that a chain names as "number title": (kind, number, since). One statement."""
    wanted, found = list(texts), dict[str, list[tuple[str, str, date | None]]]()
    for text, *change in ask(_CHANGES, {"texts": wanted}) if wanted else ():
        found.setdefault(text, []).append(tuple(change))
    return found


_CHANGES = """
SELECT named.text, l.kind, newer.number, l.since
FROM instruments_instrumentlink l JOIN instruments_instrument newer ON newer.id = l.newer_id
JOIN (SELECT id, concat_ws(' ', nullif(number, ''), nullif(title, '')) AS text FROM instruments_instrument) named
  ON named.id = l.older_id
WHERE named.text = ANY (%(texts)s::text[]) ORDER BY l.since NULLS LAST, l.id
"""


def is_in_force(instrument: Instrument, on: date) -> bool | None:
    """Whether it is in force on the day; None where its validity is not stated."""
    during = instrument.valid_during
    if during is None or (during.lower is None and during.upper is None):
        return None
    return (during.lower is None or during.lower <= on) and (during.upper is None or on < during.upper)
