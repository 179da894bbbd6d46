"""After every migration the table of transitions equals the lifecycles that the rooms register."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class LifecycleConfig(AppConfig):
    name = "lienthong.core.lifecycle"
    label = "lifecycle"

    def ready(self) -> None:
        post_migrate.connect(sync, sender=self)


def sync(using: str = "default", **_: Any) -> None:
    """Write the transitions, where this database has their table already."""
    # The models of this room can only be loaded after all applications are.
    from lienthong.core.lifecycle.actions import sync_transitions

    if "lifecycle_transition" in connections[using].introspection.table_names():
        sync_transitions()
