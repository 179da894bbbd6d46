"""What goes on by itself, as each room's reactions.py says.

LISTENERS (name -> handler) follow the journal. SENDERS (name -> a round that returns how much it tried) bring
out what the listeners wrote; each has a thread of its own, so that a slow receiver keeps nobody waiting.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import close_old_connections

from lienthong.core.journal.actions import follow
from lienthong.core.journal.actions.following import Handler

Sender = Callable[[], int]

log = logging.getLogger(__name__)
PAUSE = 1.0


def registered() -> dict[str, Handler]:
    """The listeners of all rooms by name. Raises ValueError where two have one name."""
    return _named("LISTENERS")


def senders() -> dict[str, Sender]:
    """The senders of all rooms by name. Raises ValueError where two have one name."""
    return _named("SENDERS")


def send_all(name: str, sender: Sender, stopping: threading.Event) -> None:
    """Send until told to stop. Whatever goes wrong is logged and tried again after a pause."""
    while not stopping.is_set():
        try:
            tried = sender()
        except Exception:
            log.exception("sender %s", name)
            close_old_connections()
            tried = 0
        if not tried:
            stopping.wait(PAUSE)


def follow_all(listeners: Mapping[str, Handler], stopping: threading.Event) -> None:
    """Follow until told to stop; a listener that has more to read is not kept waiting."""
    while not stopping.is_set():
        tried = sum(_round(name, handler) for name, handler in listeners.items())
        if not tried:
            stopping.wait(PAUSE)


def _round(name: str, handler: Handler) -> int:
    """One round of one listener. Whatever goes wrong is logged and tried again: this thread ends for no fault."""
    try:
        return follow(name, handler)
    except Exception:
        log.exception("listener %s", name)
        close_old_connections()
        return 0


def _named(word: str) -> dict[str, Any]:
    """What the rooms' reactions say under this word."""
    found: dict[str, Any] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("lienthong.") and find_spec(f"{config.name}.reactions"):
            own: Mapping[str, Any] = getattr(import_module(f"{config.name}.reactions"), word, {})
            if both := found.keys() & own.keys():
                raise ValueError(f"two called {', '.join(sorted(both))} in {word}")
            found |= own
    return found
