"""A room tells what it has, when it is loaded (in its apps.py). In memory: nothing is stored."""

from lienthong.core.registry.values import REGISTER, Kind, NavItem


def register_kind(kind: Kind) -> None:
    """Make a kind of case known. Raises ValueError where another kind has its name."""
    if REGISTER.kinds.get(kind.name, kind) != kind:
        raise ValueError(f"two kinds called {kind.name}")
    REGISTER.kinds[kind.name] = kind


def register_nav(item: NavItem) -> None:
    """Put an entry into the officers' navigation. Raises ValueError where another entry has its URL name."""
    if REGISTER.nav.get(item.url_name, item) != item:
        raise ValueError(f"two entries for {item.url_name}")
    REGISTER.nav[item.url_name] = item
