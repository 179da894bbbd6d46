"""The environment that Django reads (config/settings.py), made here and nowhere else."""

import os
import secrets
import shutil

from lienthong.console import places
from lienthong.console.addresses import Addresses

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def of(addresses: Addresses, *, as_owner: bool = False) -> dict[str, str]:
    """Our own environment with what the settings need; `as_owner` for what changes tables."""
    made = dict(os.environ)
    made.pop("LIENTHONG_ROLE", None)
    made |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": addresses.app,
        "LIENTHONG_OWNER_URL": addresses.owner,
        "LIENTHONG_VAR": str(places.var()),
        "LIENTHONG_PROVINCE": places.province(),
        "PYTHONPATH": os.pathsep.join([str(places.ROOT / "src"), str(places.ROOT)]),
        "PYTHONUNBUFFERED": "1",
        "LIENTHONG_CHROMIUM": os.environ.get("LIENTHONG_CHROMIUM") or chromium() or "",
    }
    if as_owner:
        made["LIENTHONG_ROLE"] = "owner"
    if "LIENTHONG_SECRET_KEY" not in os.environ:
        make_secret_key()
    return made


def make_secret_key() -> None:
    """var/secret-key, readable by us alone; made once and kept."""
    path = places.var() / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50) + "\n")


def chromium() -> str | None:
    """The browser of the journeys."""
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)
