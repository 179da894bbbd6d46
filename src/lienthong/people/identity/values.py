"""Plain values about staffing a unit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StaffLine:
    """Một dòng biên chế: a post to create and who sits in it.

    `role` is the line's own name within the plan; `holder` the role of another line whose person also holds
    this post ("" = a person of its own, for whom an account `username` is made).
    """

    role: str
    kind: str
    body_kind: str
    title: str
    person: str
    username: str
    rank: int = 0
    holder: str = ""
    body_name: str = ""


@dataclass(frozen=True, slots=True)
class StaffedPost:
    """Vị trí đã có người: what `staff_unit` made of one line."""

    role: str
    kind: str
    unit_id: int
    body_id: int
    post_id: int
    person_id: int
    account_id: int
    username: str
    title: str
    person: str
