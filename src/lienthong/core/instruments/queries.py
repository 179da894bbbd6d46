"""Reading instruments."""

from datetime import date

from lienthong.core.instruments.models import Instrument
from lienthong.core.registry.values import NotFound


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


def is_in_force(instrument: Instrument, on: date) -> bool | None:
    """Whether it is in force on the day; None where its validity is not stated."""
    during = instrument.valid_during
    if during is None or (during.lower is None and during.upper is None):
        return None
    return (during.lower is None or during.lower <= on) and (during.upper is None or on < during.upper)
