"""The application's role gets its rights after every migration; it owns nothing."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate


class ScopeConfig(AppConfig):
    name = "lienthong.core.scope"
    label = "scope"

    def ready(self) -> None:
        post_migrate.connect(grant, sender=self)


def grant(using: str = "default", **_: Any) -> None:
    """Grant the application's role what its acts need: no DDL, and on the journal neither change nor removal.

    Runs at the end of `migrate`, as the owner. Where both roles are one (a server with a single role) there
    is nothing to grant.
    """
    connection = connections[using]
    role = settings.APP_ROLE
    if not role or role == connection.settings_dict["USER"]:
        return
    name = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(
            f"GRANT USAGE ON SCHEMA public TO {name};"
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name};"
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name};"
            f"REVOKE UPDATE, DELETE ON journal_entry, journal_reading FROM {name};"
            f"REVOKE DELETE ON casework_case, numbering_series, numbering_void FROM {name};"
        )
