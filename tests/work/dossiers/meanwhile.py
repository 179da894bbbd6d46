"""Acts that really commit, from several connections at once, and the sweeping up afterwards."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from django.db import connections

from tests.core.apart import as_owner

Result = TypeVar("Result")

# Children before parents; what the journal and the case guard against is switched off for the sweep alone.
TABLES = (
    "dossiers_decision",
    "dossiers_proposal",
    "dossiers_supplementrequest",
    "dossiers_correction",
    "dossiers_extensionletter",
    "dossiers_dossier",
    "casework_clockentry",
    "casework_handover",
    "casework_consultation",
    "casework_arbiter",
    "casework_case",
    "documents_attachment",
    "documents_issuedform",
    "fees_receipt",
    "fees_charge",
    "scope_sight",
    "parties_custody",
    "parties_identitypaper",
    "parties_party",
    "journal_particular",
    "journal_reading",
    "journal_command",
    "journal_entry",
    "numbering_series",
)


@contextmanager
def committed() -> Iterator[None]:
    """Inside, acts commit for good; afterwards every matter made in this database is removed, as the owner."""
    try:
        yield
    finally:
        with as_owner() as owner:
            for table in ("journal_entry", "casework_case"):
                owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            owner.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
            for table in ("journal_entry", "casework_case"):
                owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def at_once(acts: Sequence[Callable[[], Result]], workers: int = 8) -> list[Result | Exception]:
    """Run acts in threads, each in its own connection; what each gave or raised, in order."""

    def run(act: Callable[[], Result]) -> Result | Exception:
        try:
            return act()
        except Exception as error:  # the outcome is what the caller looks at
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(run, acts))
