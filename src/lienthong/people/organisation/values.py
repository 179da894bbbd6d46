"""Plain values about units, bodies, posts and persons."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Via = Literal["appointed", "substitute", "department_head", "chair"]


@dataclass(frozen=True, slots=True)
class UnitCard:
    """Đơn vị hành chính trong một ngày: a unit with the facts of that day."""

    id: int
    code: str
    era: str
    level: str
    unit_type: str
    name: str
    short_name: str
    agency_code: str
    province_id: int | None
    province_code: str
    province_name: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Successor:
    """Đơn vị mới: one part of what became of an old unit; `extent` is a SuccessionExtent word."""

    unit_id: int
    code: str
    name: str
    province_name: str
    extent: str
    extent_label: str
    note: str


@dataclass(frozen=True, slots=True)
class UnitFound:
    """Kết quả tìm đơn vị: a unit by its present or a former name, and what became of it.

    `name` is what was found; `present_name` what the unit is called on the day ("" where it is no more).
    """

    unit_id: int
    code: str
    era: str
    unit_type: str
    name: str
    district: str
    province_name: str
    in_force: bool
    present_name: str
    became: tuple[Successor, ...] = ()

    @property
    def sentence(self) -> str:
        """What to tell whoever looked the name up, in one sentence."""
        if self.in_force:
            return ""
        if self.present_name:
            return f"Nay là {self.present_name}."
        if not self.became:
            return "Không còn; nguồn không nêu đơn vị mới."
        parts = [f"{new.name} ({new.extent_label})" for new in self.became]
        return f"Nay thuộc {', '.join(parts)}."


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Đơn vị giáp ranh, with the shared boundary in metres."""

    unit_id: int
    code: str
    name: str
    shared_m: int


@dataclass(frozen=True, slots=True)
class Holder:
    """Người giữ việc tại một thời điểm: who answers for a post, and by which step of the rule (`via`).

    `post_id` and `post_title` are the post through which the person answers: the asked one, or the head's
    or the Chair's.
    """

    person_id: int
    name: str
    post_id: int
    post_title: str
    via: Via


@dataclass(frozen=True, slots=True)
class BodyCard:
    """Cơ quan, phòng của một đơn vị."""

    id: int
    unit_id: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class PostCard:
    """Vị trí việc làm, and who is appointed to it on the day (None where it is vacant)."""

    id: int
    unit_id: int
    body_id: int
    kind: str
    title: str
    body_name: str
    person_id: int | None
    person_name: str


@dataclass(frozen=True, slots=True)
class PostDraft:
    """Vị trí sắp lập: what `create_posts` needs. `rank` orders posts of a kind (0 first).

    `starts_on` where this post begins on another day than the others of the act.
    """

    body_id: int
    kind: str
    title: str
    rank: int = 0
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class AppointmentDraft:
    """Bổ nhiệm sắp ghi: a person's name (visible, never from another table), the post and the first day."""

    post_id: int
    person_id: int
    starts_on: date
    ends_on: date | None = None
    instrument_text: str = ""


@dataclass(frozen=True, slots=True)
class DetailDraft:
    """Thông tin riêng sắp ghi của một cán bộ; None leaves what is there."""

    person_id: int
    identity_number: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """Một lần giữ vị trí: who, from when, until when (None: still), by which decision."""

    name: str
    starts_on: date
    ends_on: date | None
    decision: str
