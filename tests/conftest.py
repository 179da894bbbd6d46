"""The tests' ground: a real PostgreSQL, made as the owner, used as the application's role."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.cast import Cast, lay_ground

# A machine that stalls for a second breaks no law: what takes its time is measured elsewhere.
hypothesis_settings.register_profile("laws", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("laws")


def pytest_configure() -> None:
    """whitenoise warns of a missing folder, and warnings are errors here."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """After the owner has migrated and seeded, every test speaks as the application's role.

    So the second wall (row-level security, missing rights) stands in every test as it does in service. A test
    that commits in threads carries no django_db mark: its database is made here, so that it can never reach
    any other.
    """
    with django_db_blocker.unblock():
        if not connection.settings_dict["NAME"].startswith("test_"):
            keep = bool(request.config.getvalue("reuse_db") and not request.config.getvalue("create_db"))
            setup_databases(verbosity=0, interactive=False, aliases={"default"}, keepdb=keep)
        lay_ground()
        owner = dict(connection.settings_dict)
        _become(settings.APP_ROLE, unquote(urlsplit(settings.APP_URL).password or ""))
    yield
    with django_db_blocker.unblock():
        _become(owner["USER"], owner["PASSWORD"])


def _become(role: str, password: str) -> None:
    connection.close()
    connection.settings_dict.update(USER=role, PASSWORD=password)


@pytest.fixture
def cast() -> Cast:
    """The fixed cast: actors by role (tests/cast.py)."""
    return Cast()
