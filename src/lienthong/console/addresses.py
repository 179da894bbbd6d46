"""The two addresses of the database: the application's and the owner's.

Without DATABASE_URL both lie in the private cluster. With DATABASE_URL and LIENTHONG_OWNER_URL they are taken
as given. With DATABASE_URL alone its role must be able to create roles and databases: the two roles are then
made there, with passwords kept in var/roles.json; DATABASE_URL itself is not used to serve.
"""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

from lienthong.console import cluster, places, roles
from lienthong.console.cluster import APP, OWNER
from lienthong.console.errors import ConsoleError

# Every server has these; they are where one connects to make another.
MAINTENANCE = {"", "postgres", "template1"}


@dataclass(frozen=True)
class Addresses:
    app: str
    owner: str
    private: bool


def prepare() -> Addresses:
    """Find or make what is needed; starts the private cluster where it is the one that is used."""
    url = os.environ.get("DATABASE_URL", "")
    owner = os.environ.get("LIENTHONG_OWNER_URL", "")
    if not url:
        return _private()
    if urlsplit(url).scheme not in {"postgres", "postgresql"}:
        raise ConsoleError("database-url", "DATABASE_URL phải có dạng postgresql://vai-tro@may-chu/ten-csdl.")
    if not owner:
        return _server(url)
    if urlsplit(url).username == urlsplit(owner).username:
        raise ConsoleError(
            "database-roles-same",
            "DATABASE_URL và LIENTHONG_OWNER_URL đang dùng cùng một vai trò; cần hai vai trò khác nhau để "
            "phân quyền theo dòng có hiệu lực.",
        )
    return Addresses(url, owner, private=False)


def is_private() -> bool:
    return not os.environ.get("DATABASE_URL")


def database_name() -> str:
    return f"lienthong_{places.province()}"


def rewrite(url: str, role: str, password: str, database: str) -> str:
    """The same server, asked as another role for another database."""
    parts = urlsplit(url)
    where = parts.netloc.rpartition("@")[2]
    who = quote(role) + (":" + quote(password, safe="") if password else "")
    return urlunsplit(parts._replace(netloc=f"{who}@{where}", path=f"/{quote(database)}"))


def _private() -> Addresses:
    own = cluster.private()
    cluster.start(own)
    with psycopg.connect(own.url(cluster.SUPERUSER, "postgres"), autocommit=True) as connection:
        roles.prepare(connection, database_name(), {})
    return Addresses(own.url(APP, database_name()), own.url(OWNER, database_name()), private=True)


def _server(url: str) -> Addresses:
    named = urlsplit(url).path.lstrip("/")
    database = database_name() if named in MAINTENANCE else named
    passwords = _remembered()
    try:
        with psycopg.connect(_maintenance(url), autocommit=True, connect_timeout=10) as connection:
            _make_roles(connection, database, passwords)
    except psycopg.OperationalError as error:
        raise ConsoleError(
            "database-unreachable", f"Không nối được tới máy chủ trong DATABASE_URL: {error}"
        ) from error
    app = rewrite(url, APP, passwords.get(APP, ""), database)
    owner = rewrite(url, OWNER, passwords.get(OWNER, ""), database)
    _refuse_unknown_password(owner)
    return Addresses(app, owner, private=False)


def _make_roles(connection: roles.Connection, database: str, passwords: dict[str, str]) -> None:
    missing = [name for name in (OWNER, APP) if not roles.exists(connection, name)]
    if not roles.may_create(connection):
        raise _two_roles(
            "Vai trò trong DATABASE_URL không tạo được vai trò và cơ sở dữ liệu (thiếu CREATEROLE, CREATEDB)."
        )
    passwords.update({name: secrets.token_urlsafe(24) for name in missing})
    if missing:
        _remember(passwords)
    roles.prepare(connection, database, passwords)


def _refuse_unknown_password(owner: str) -> None:
    try:
        psycopg.connect(owner, connect_timeout=10).close()
    except psycopg.OperationalError as error:
        raise _two_roles(
            f"Máy chủ đã có vai trò {OWNER} và {APP} nhưng không vào được bằng mật khẩu đã nhớ ở đây."
        ) from error


def _two_roles(why: str) -> ConsoleError:
    return ConsoleError(
        "database-two-roles",
        f"{why} Hãy đặt cả hai biến: DATABASE_URL=postgresql://{APP}:…@máy-chủ/csdl cho vai trò ứng dụng "
        f"(không sở hữu bảng) và LIENTHONG_OWNER_URL=postgresql://{OWNER}:…@máy-chủ/csdl cho vai trò chủ.",
    )


def _maintenance(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path="/postgres"))


def _memory() -> Path:
    return places.var() / "roles.json"


def _remembered() -> dict[str, str]:
    return dict(json.loads(_memory().read_text())) if _memory().exists() else {}


def _remember(passwords: dict[str, str]) -> None:
    descriptor = os.open(_memory(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(passwords, file)
