"""From an entry of the journal to what each subscription is to be told of it."""

from typing import Any

from django.conf import settings
from django.db import connection

from lienthong.core.journal.values import Happened
from lienthong.facilities.exchange.models import Delivery
from lienthong.facilities.exchange.values import TELLERS, Teller

TYPE = "vn.lienthong."

# The client of a linked case, and those of its subscriptions that want the verb. A stopped or paused one
# is written for too: what it is owed is sent when it goes on.
_WANTED = """
SELECT s.id, l.external_code, c.kind, c.code FROM exchange_link l
JOIN exchange_subscription s ON s.client_id = l.client_id
JOIN casework_case c ON c.id = l.case_id
WHERE l.case_id = %s AND (cardinality(s.verbs) = 0 OR %s = ANY(s.verbs))
"""


def register_teller(*, kind: str, tell: Teller) -> None:
    """Say who tells of a kind of case. Raises ValueError where somebody else does."""
    if TELLERS.by_kind.get(kind, tell) is not tell:
        raise ValueError(f"two tellers of {kind}")
    TELLERS.by_kind[kind] = tell


def write_deliveries(entry: Happened) -> int:
    """Write what is to be sent of an entry, in the listener's transaction; returns how many. Repeatable.

    One statement where nobody is to be told; else as many as the teller's own and one more.
    """
    if entry.case_id is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_WANTED, [entry.case_id, entry.verb])
        wanted = cursor.fetchall()
    if not wanted:
        return 0
    _subscription, external_code, kind, code = wanted[0]
    tell = TELLERS.by_kind.get(kind)
    data = tell(entry.case_id, entry) if tell else None
    if data is None:
        return 0
    payload = event_of(entry, code, {"code": code, "external_code": external_code, **data})
    rows = [
        Delivery(
            subscription_id=subscription,
            entry_id=entry.id,
            case_id=entry.case_id,
            verb=entry.verb,
            payload=payload,
            next_try_at=entry.recorded_at,
        )
        for subscription, *_of_case in wanted
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def event_of(entry: Happened, code: str, data: dict[str, Any]) -> dict[str, Any]:
    """The CloudEvents 1.0 form of an entry.

    `sequence` grows within one dossier (`subject`), compared as text.
    """
    return {
        "specversion": "1.0",
        "id": str(entry.id),
        "source": f"urn:lienthong:{settings.PROVINCE}",
        "type": f"{TYPE}{entry.verb}",
        "subject": code,
        "time": entry.acted_at.isoformat(),
        "datacontenttype": "application/json",
        "sequence": f"{entry.id:019d}",
        "data": data,
    }
