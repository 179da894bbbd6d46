"""The answer to the one question: who is responsible for this task, here, at this moment, and why."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain law -> decree -> decision -> assignment: what it says, and until when."""

    kind: str
    text: str
    article: str = ""
    confidence: str = ""
    valid_from: str = ""
    valid_to: str = ""


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

    def as_json(self) -> dict[str, Any]:
        """The JSON form that an act freezes."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task as a loader states it; `kind` is a word of enums.TaskKind."""

    code: str
    kind: str
    name: str
    field: str
    instrument_id: int | None = None
