"""The unprivileged system account under which a private PostgreSQL runs when we are root."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lienthong.console.errors import ConsoleError

# PostgreSQL refuses to run as root, and asks that its uid has a name.
CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int
    other: bool
    """True when it is not the account we run under ourselves."""

    def spawn(self) -> dict[str, Any]:
        """Arguments for subprocess: become this account, without our groups."""
        if not self.other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        if self.other:
            os.chown(path, self.uid, self.gid)

    def can_enter(self, folder: Path) -> bool:
        """Whether this account can walk down to the folder, whatever it holds."""
        return all(self._passes(step) for step in [folder, *folder.parents] if step.exists())

    def _passes(self, folder: Path) -> bool:
        found = folder.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        if found.st_gid == self.gid:
            return bool(found.st_mode & stat.S_IXGRP)
        return bool(found.st_mode & stat.S_IXOTH)


def own_name() -> str:
    """The name of the account we run under; PostgreSQL needs one as much as we do."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise ConsoleError(
            "account-unnamed",
            f"Tài khoản hệ thống số {os.geteuid()} không có tên trong /etc/passwd nên PostgreSQL không chạy "
            "được dưới tài khoản ấy. Hãy đăng nhập bằng một tài khoản có tên, hoặc đặt DATABASE_URL.",
        ) from None


def database_account() -> Account:
    """Ourselves; where we are root, the first unprivileged account there is."""
    if os.geteuid() != 0:
        return Account(own_name(), os.geteuid(), os.getegid(), other=False)
    for name in CANDIDATES:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, found.pw_uid, found.pw_gid, other=True)
    raise ConsoleError(
        "account-missing",
        "Đang chạy bằng root mà máy không có tài khoản “postgres” hay “nobody” để chạy PostgreSQL. "
        "Hãy tạo một trong hai tài khoản ấy, chạy lại bằng người dùng thường, hoặc đặt DATABASE_URL.",
    )
