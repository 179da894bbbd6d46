"""The database's own refusal of an overlap, told as a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from lienthong.core.registry.values import Refused
from lienthong.people.organisation.rules import OVERLAPS


@contextmanager
def refusing_overlaps() -> Iterator[None]:
    """Writes inside are undone and Refused where an exclusion constraint of this room holds against them."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        refusal = OVERLAPS.get(getattr(diagnosis, "constraint_name", None) or "")
        if refusal is None:
            raise
        raise Refused.because(refusal) from error
