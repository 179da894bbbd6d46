"""Plain values of the journal."""

import json
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor

# The particulars' own key for the random text that keeps their digest from being guessed.
SALT = "_salt"


@dataclass(frozen=True, slots=True)
class Subject:
    """What an act was done to: kind and id, and the case it belongs to (None outside a case)."""

    kind: str
    id: int
    case_id: int | None = None


class KeyReused(Refused):
    """The idempotency key came before with other content."""

    def __init__(self) -> None:
        super().__init__(
            code="key.reused",
            sentence=(
                "Thao tác này đã được gửi với nội dung khác."
                " Hãy tải lại trang rồi làm lại; chưa có gì bị mất."
            ),
            status=409,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng diễn biến: the sentence is filled; the reader of the page resolves the post to a name."""

    entry_id: int
    at: datetime
    recorded_at: datetime
    verb: str
    sentence: str
    account_id: int | None
    post_id: int | None
    unit_id: int | None
    data: Mapping[str, Any]


# The columns that a Happened is made of, and what they are in it (the data comes last).
HAPPENED = (
    "e.id, e.xid, e.verb, e.subject_kind, e.subject_id, e.case_id,"
    " e.account_id, e.post_id, e.unit_id, e.acted_at, e.recorded_at, e.data::text"
)
# Only transactions older than every running one: whatever commits from now on has a greater xid, and comes
# later in this order. Ids alone do not have that: a smaller id may be committed after a greater one.
NEXT = f"""
SELECT {HAPPENED} FROM journal_entry e
WHERE (e.xid, e.id) > (%s, %s) AND e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
ORDER BY e.xid, e.id LIMIT %s
"""
_OF_AN_ENTRY = (
    *("id", "xid", "verb", "kind", "subject_id", "case_id"),
    *("account_id", "post_id", "unit_id", "acted_at", "recorded_at"),
)


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry as a listener gets it."""

    id: int
    xid: int
    verb: str
    subject: Subject
    account_id: int | None
    post_id: int | None
    unit_id: int | None
    acted_at: datetime
    recorded_at: datetime
    data: Mapping[str, Any]

    @property
    def case_id(self) -> int | None:
        return self.subject.case_id

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> "Happened":
        """From a row of the columns HAPPENED."""
        *columns, data = row
        kept = dict(zip(_OF_AN_ENTRY, columns, strict=True))
        subject = Subject(kept.pop("kind"), kept.pop("subject_id"), kept.pop("case_id"))
        return cls(subject=subject, data=json.loads(data), **kept)


@dataclass(frozen=True, slots=True)
class Stumbled:
    """An entry that a listener could not handle yet. `tries` 0: it only waits behind another of its case."""

    listener: str
    entry_id: int
    case_id: int | None
    verb: str
    tries: int
    error: str
    next_try_at: datetime


@dataclass(frozen=True, slots=True)
class PendingReading:
    """A reading that is written after the request's transaction."""

    actor: Actor
    subject: Subject
    purpose: str
    allowed: bool

    def row(self) -> list[str | int | bool | None]:
        """The values of a row of journal_reading, in the order of its columns.

        An address may name a number that no row can have; it is written as 0.
        """
        who, what = self.actor, self.subject
        number = what.id if what.id < 2**63 else 0
        return [who.account_id, who.post_id, who.unit_id, what.kind, number, self.purpose, self.allowed]


# One request's readings; each thread has its own.
PENDING: ContextVar[tuple[PendingReading, ...]] = ContextVar("pending_readings", default=())
