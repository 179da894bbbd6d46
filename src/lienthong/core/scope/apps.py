"""The application's role gets its rights after every migration; it owns nothing."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate

# Functions that run as the owner: only the application calls them, and none of them looks into temporary tables
# first (an unnamed pg_temp stands before `public`).
FENCED = """
DO $$ DECLARE v_function regprocedure; BEGIN
  FOR v_function IN SELECT oid FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
    AND pg_get_userbyid(proowner) = current_user
  LOOP
    EXECUTE format('ALTER FUNCTION %%s SET search_path = public, pg_temp', v_function);
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %%s FROM PUBLIC', v_function);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %%s TO %(role)s', v_function);
  END LOOP;
END $$
"""


class ScopeConfig(AppConfig):
    name = "lienthong.core.scope"
    label = "scope"

    def ready(self) -> None:
        post_migrate.connect(grant, sender=self)


def grant(using: str = "default", **_: Any) -> None:
    """Grant the application's role what its acts need: no DDL, on the journal neither change nor removal, and
    nothing on the guard of states (core/lifecycle is written by the owner, after every migration).

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
            f"REVOKE INSERT, UPDATE, DELETE ON lifecycle_transition FROM {name};"
        )
        cursor.execute(FENCED % {"role": name})
