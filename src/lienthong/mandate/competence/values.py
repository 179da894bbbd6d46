"""The answer to the one question: who is responsible for this task, here, at this moment, and why."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain law -> decree -> decision -> assignment: what it says, and until when.

    `says` is what it is there for: "basis" (gives the task to the level), "promulgates" (announces the procedure), or
    of the rule that leads why it does, "<Reach word>:task" or "<Reach word>:field"; "" of a paper of the unit's own.
    """

    kind: str
    text: str
    article: str = ""
    confidence: str = ""
    valid_from: str = ""
    valid_to: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """Cơ quan phối hợp: the body inside the unit that coordinates (None: the unit has none of that kind)."""

    body_kind: str
    post_kind: str
    body_id: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Unit, body, posts and person. `finding` is "" or the code of what is missing.

    Where nobody is found the Chair of the place's unit is named and `finding` says why: a case is never
    refused for want of a register. The codes are those of enums.Finding.
    `leader_post_id` is who approves (the leader in charge, else the Chair).
    """

    unit_id: int
    body_id: int | None
    post_id: int | None
    person_id: int | None
    leader_post_id: int | None
    leader_person_id: int | None
    chain: tuple[Link, ...] = ()
    finding: str = ""
    coordinating: tuple[Partner, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The JSON form that an act freezes."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Reassignment:
    """Một thay đổi của quyết định phân công: who has a duty from a day on (`post_id` None: nobody any more).

    `duty` is an AssignedDuty word; `valid_to` the first day on which it is as it was before.
    """

    subject_key: str
    duty: str
    post_id: int | None
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task as a loader states it; `kind` is a word of enums.TaskKind, `level` of the organisation's Level."""

    code: str
    kind: str
    name: str
    field: str
    instrument_id: int | None = None
    level: str = "commune"


# ---- the register in memory: what the batch resolver and the proof read. Days are ordinals (date.toordinal), -------
# ---- `end` is the first day no longer covered, NEVER where there is none, DAWN where there is no first day. --------

DAWN = 1
NEVER = 3_652_059 + 1


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """Văn bản: when it is in force (DAWN to NEVER where not stated)."""

    id: int
    number: str
    title: str
    kind: str
    confidence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Nhiệm vụ. `instrument_id`: by which it was promulgated."""

    code: str
    field: str
    name: str
    kind: str
    instrument_id: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BasisRow:
    """Căn cứ giao thẩm quyền of a task or a field."""

    id: int
    subject_key: str
    instrument_id: int
    article: str
    confidence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RuleRow:
    """Quy định phân định thẩm quyền; `start` and `end` are its own, not yet cut by its instrument's."""

    id: int
    subject_key: str
    reach_key: str
    role: str
    body_kind: str
    post_kind: str
    instrument_id: int
    article: str
    confidence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FactRow:
    """Loại và tên của một đơn vị trong một thời kỳ."""

    unit_type: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """Đơn vị, with its facts in order of time."""

    id: int
    code: str
    province_code: str
    facts: tuple[FactRow, ...]


@dataclass(frozen=True, slots=True)
class BodyRow:
    """Cơ quan, bộ phận của một đơn vị."""

    id: int
    unit_id: int
    kind: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PostRow:
    """Vị trí việc làm."""

    id: int
    unit_id: int
    body_id: int
    kind: str
    title: str
    rank: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SeatRow:
    """Bổ nhiệm: who holds a post."""

    post_id: int
    person_id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AwayRow:
    """Vắng mặt: who stands in (None: nobody named)."""

    post_id: int
    substitute_id: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """Phân công; `duty` is an AssignedDuty word."""

    id: int
    unit_id: int
    subject_key: str
    duty: str
    post_id: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """Ủy quyền; `end` already cut by a revocation, not yet by either side's appointment.

    `unmet`: texts of conditions without evidence. `tasks`: (task code, act) pairs. `signed`: when it was given.
    """

    id: int
    unit_id: int
    grantor_post: int
    grantor_person: int
    grantee_post: int
    grantee_person: int
    number: str
    tasks: tuple[tuple[str, str], ...]
    unmet: tuple[str, ...]
    report_months: int | None
    start: int
    end: int
    signed: int = NEVER


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A second lead that was refused, and which rule it ran against."""

    id: int
    subject_key: str
    reach_key: str
    body_kind: str
    instrument_id: int
    standing_id: int | None
    start: int
    end: int
    recorded_on: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Ảnh chụp sổ thẩm quyền: everything the answer and the proof rest on, of some units, as held at one moment."""

    taken_on: int
    tasks: tuple[TaskRow, ...]
    instruments: tuple[InstrumentRow, ...]
    bases: tuple[BasisRow, ...]
    rules: tuple[RuleRow, ...]
    units: tuple[UnitRow, ...]
    bodies: tuple[BodyRow, ...]
    posts: tuple[PostRow, ...]
    seats: tuple[SeatRow, ...]
    away: tuple[AwayRow, ...]
    assignments: tuple[AssignmentRow, ...]
    delegations: tuple[DelegationRow, ...]
    refused: tuple[RefusedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Phát hiện của phép chứng minh: one cause, with every task and the units that it touches.

    `kind` is a FindingKind word, `code` its stable finer word; `since`/`until` ordinals (NEVER: no end in sight).
    `tasks` are codes; empty: all that rest on `subject`. `mend` is the word of the act that mends it; `data` holds
    the ids that act needs.
    """

    kind: str
    code: str
    unit_id: int | None
    subject: str
    tasks: tuple[str, ...]
    since: int
    until: int
    mend: str
    data: tuple[tuple[str, str], ...] = ()

    @property
    def mark(self) -> str:
        """What makes it the same finding from night to night, whatever its dates."""
        inner = ";".join(f"{name}={value}" for name, value in self.data)
        return f"{self.kind}:{self.code}:{self.unit_id or ''}:{self.subject}:{inner}"


@dataclass(frozen=True, slots=True)
class Warrant:
    """Tư cách ký: who may do an act of a task here and now, by what right, and the chain down to it.

    `capacity` is a Capacity word; `for_post_id` the post for which they sign (the Chair's) where not their own.
    """

    post_id: int
    person_id: int
    capacity: str
    for_post_id: int | None
    delegation_id: int | None
    chain: tuple[Link, ...]

    def journalled(self) -> dict[str, int]:
        """What the journal's entry of an act under it says besides: the delegation, where it is by one."""
        return {"delegation_id": self.delegation_id} if self.delegation_id else {}

    def as_json(self) -> dict[str, Any]:
        """The JSON form that an act freezes."""
        return asdict(self)


# ---- what is told outside the office: posts and offices, never a person --------------------------------------------


@dataclass(frozen=True, slots=True)
class TaskFound:
    """Nhiệm vụ tìm thấy. `kind` is a TaskKind word."""

    code: str
    name: str
    field: str
    kind: str


@dataclass(frozen=True, slots=True)
class Signatory:
    """Người ký theo vị trí: the post, by what right (a Capacity word), for which post, by which paper."""

    post: str
    capacity: str
    for_post: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class OfficeAnswer:
    """Câu trả lời không có tên người: unit, body and posts in words, who may sign, and the chain.

    `held` and `leader_held` say who answers for the post: "holder", "substitute" or "" (nobody). `finding` is ""
    or a word of enums.Finding.
    """

    unit_code: str
    unit: str
    body: str
    post: str
    held: str
    leader: str
    leader_held: str
    signatories: tuple[Signatory, ...]
    chain: tuple[Link, ...]
    finding: str
