"""Who follows the journal: each room's reactions.py says so in LISTENERS (name -> handler)."""

import logging
import threading
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import DatabaseError, close_old_connections

from lienthong.core.journal.actions import follow
from lienthong.core.journal.actions.following import Handler

log = logging.getLogger(__name__)
PAUSE = 1.0


def registered() -> dict[str, Handler]:
    """The listeners of all rooms by name. Raises ValueError where two have one name."""
    found: dict[str, Handler] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("lienthong.") and find_spec(f"{config.name}.reactions"):
            own: Mapping[str, Handler] = import_module(f"{config.name}.reactions").LISTENERS
            if both := found.keys() & own.keys():
                raise ValueError(f"two listeners called {', '.join(sorted(both))}")
            found |= own
    return found


def follow_all(listeners: Mapping[str, Handler], stopping: threading.Event) -> None:
    """Follow until told to stop; a listener that has more to read is not kept waiting."""
    while not stopping.is_set():
        tried = sum(_round(name, handler) for name, handler in listeners.items())
        if not tried:
            stopping.wait(PAUSE)


def _round(name: str, handler: Handler) -> int:
    """One round of one listener. A lost connection is met again at the next round."""
    try:
        return follow(name, handler)
    except DatabaseError:
        log.exception("listener %s", name)
        close_old_connections()
        return 0
