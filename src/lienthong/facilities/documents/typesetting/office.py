"""The papers of the competence register: a unit's draft working regulation, a report on delegated acts.

No form of law was at hand for either; the lines follow what the register holds, and the papers say that they are drafts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from lienthong.facilities.documents.typesetting.values import Letterhead, Words


@dataclass(frozen=True, kw_only=True)
class LedField:
    """Một lĩnh vực do một lãnh đạo phụ trách: its body, who handles it, how many tasks."""

    field: Words
    body: Words
    post: Words
    tasks: int


@dataclass(frozen=True, kw_only=True)
class LedBy:
    """Phần việc của một lãnh đạo: the post with its holder, and the fields."""

    leader: Words
    fields: tuple[LedField, ...]


@dataclass(frozen=True, kw_only=True)
class Entrusting:
    """Một ủy quyền đang chạy trong quy chế."""

    number: str
    signed_on: date
    grantor: Words
    grantee: Words
    acts: Words
    tasks: tuple[str, ...]
    first_on: date
    last_on: date


@dataclass(frozen=True, kw_only=True)
class WorkingRegulation:
    """Dự thảo quy chế làm việc của UBND cấp xã, from the assignments and delegations of a day."""

    letterhead: Letterhead
    unit_name: str
    number: str
    as_of_on: date
    leaders: tuple[LedBy, ...]
    delegations: tuple[Entrusting, ...] = ()
    lacking: tuple[LedField, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DelegatedAct:
    """Một việc đã làm theo ủy quyền: the matter by its code, no person."""

    code: Words
    act: Words
    done_at: datetime


@dataclass(frozen=True, kw_only=True)
class DelegatedActs:
    """Báo cáo việc làm theo ủy quyền trong một kỳ."""

    letterhead: Letterhead
    number: str
    grantor: Words
    grantee: Words
    first_on: date
    last_on: date
    acts: tuple[DelegatedAct, ...]


OfficeForm = WorkingRegulation | DelegatedActs
