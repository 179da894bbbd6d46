"""What a database must be before a citizen's dossier is entrusted to it."""

from typing import Any, Protocol

from lienthong.console.errors import ConsoleError

DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


class HasCursor(Protocol):
    """A psycopg connection, or one of Django's."""

    def cursor(self) -> Any: ...


def refuse_unsafe(connection: HasCursor) -> None:
    """Refuse where a crash could lose an acknowledged act: fsync, full_page_writes, synchronous_commit off.

    Asked of the session, so that a setting of the server, the database or the role is seen alike.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(DURABLE)])
        settings = dict(cursor.fetchall())
    off = [name for name in DURABLE if settings.get(name) == "off"]
    if off:
        raise ConsoleError(
            "database-unsafe",
            f"Cơ sở dữ liệu đang tắt {', '.join(off)}: mất điện là mất hồ sơ đã cấp biên nhận, mã hồ sơ bị "
            "cấp lại cho người khác. Hãy bật lại (ALTER SYSTEM RESET …, nạp lại cấu hình) rồi khởi động.",
        )


def refuse_weak_roles(connection: HasCursor) -> None:
    """Refuse where row-level security would be void for the application's role."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper OR rolbypassrls, EXISTS (SELECT 1 FROM pg_class WHERE relkind IN "
            "('r', 'p') AND relnamespace = 'public'::regnamespace AND relowner = r.oid) "
            "FROM pg_roles r WHERE rolname = current_user"
        )
        role, unbound, owns = cursor.fetchone()
    if unbound or owns:
        raise ConsoleError(
            "database-role-too-strong",
            f"Vai trò “{role}” trong DATABASE_URL là chủ bảng hoặc vượt được phân quyền theo dòng, nên bức "
            "tường thứ hai không còn. Hãy dùng hai vai trò: DATABASE_URL cho vai trò ứng dụng (không sở hữu "
            "bảng) và LIENTHONG_OWNER_URL cho vai trò chủ bảng.",
        )
