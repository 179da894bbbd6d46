"""The lifecycle of a kind, as its room registered it."""

from lienthong.core.lifecycle.values import Lifecycle
from lienthong.core.registry.queries import kind_of


def lifecycle_of(kind: str) -> Lifecycle:
    """The lifecycle of a kind of case. Raises LookupError where no room has registered the kind."""
    return kind_of(kind).lifecycle
