"""What the rooms have told of themselves."""

from typing import TYPE_CHECKING

from lienthong.core.registry.values import REGISTER, Kind, NavItem

if TYPE_CHECKING:
    from lienthong.core.scope.values import Actor


def kinds() -> tuple[Kind, ...]:
    """Every kind of case, by name."""
    return tuple(REGISTER.kinds[name] for name in sorted(REGISTER.kinds))


def kind_of(name: str) -> Kind:
    """The kind of this name. Raises LookupError where no room has registered it."""
    if name not in REGISTER.kinds:
        raise LookupError(f"unregistered kind {name}")
    return REGISTER.kinds[name]


def nav_for(actor: "Actor") -> tuple[NavItem, ...]:
    """The entries that the actor's post may use, in their order; none for a stranger."""
    if actor.post_id is None:
        return ()
    shown = [item for item in REGISTER.nav.values() if not item.duties or any(map(actor.may, item.duties))]
    return tuple(sorted(shown, key=lambda item: (item.order, item.url_name)))
