"""SQL of the second wall: row-level security, written by migrations of every room that keeps matters.

A policy reads two settings that an act sets with SET LOCAL (see `actions.entered`): the acting unit and the
reach ("unit", "province": the city's officers, "system": the system's own work, "none": a stranger).
"""

FUNCTIONS = """
CREATE FUNCTION lienthong_unit() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('lienthong.unit', true), '')::bigint $$;
CREATE FUNCTION lienthong_reach() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('lienthong.reach', true), ''), 'none') $$;
CREATE FUNCTION lienthong_xid() RETURNS bigint LANGUAGE sql VOLATILE PARALLEL UNSAFE AS
$$ SELECT pg_current_xact_id()::text::bigint $$;
"""

SYSTEM = "(SELECT lienthong_reach()) = 'system'"
SYSTEM_OR_CITY = "(SELECT lienthong_reach()) IN ('system', 'province')"
UNIT = "(SELECT lienthong_unit())"


# Stands for the closed table in a condition. A bare column name inside a subquery would mean the subquery's
# own column of that name (`s.case_id = case_id` compares a column with itself and is always true).
ROW = "<row>"


def seen_by_case(column: str = "case_id", city: bool = False) -> str:
    """The condition "this row's case is open to the acting unit"; `city`: the city's officers see it too.

    For `policy`, which puts its table in the place of ROW. A column may also come with its table.
    """
    wide = SYSTEM_OR_CITY if city else SYSTEM
    row = column if "." in column else f"{ROW}.{column}"
    return f"{wide} OR EXISTS (SELECT 1 FROM scope_sight s WHERE s.case_id = {row} AND s.unit_id = {UNIT})"


def policy(table: str, using: str, check: str | None = None) -> str:
    """SQL that closes a table: nothing is read or written unless `using` (and `check` on writing) holds.

    Inside a subquery name the row's columns as {ROW}.column.
    """
    using, check = using.replace(ROW, table), (check or using).replace(ROW, table)
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
        f"CREATE POLICY {table}_scope ON {table} USING ({using}) WITH CHECK ({check});"
    )


def no_policy(table: str) -> str:
    """The reverse of `policy`."""
    return f"DROP POLICY {table}_scope ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


def watched(*tables: str) -> str:
    """SQL that makes every change of these tables a new version of the register.

    Before the statement: who changes the register waits here, not holding a row that another one wants.
    """
    return "\n".join(
        f"CREATE TRIGGER {table}_register BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION scope_register_changed();"
        for table in tables
    )


def unwatched(*tables: str) -> str:
    """The reverse of `watched`."""
    return "\n".join(f"DROP TRIGGER {table}_register ON {table};" for table in tables)
