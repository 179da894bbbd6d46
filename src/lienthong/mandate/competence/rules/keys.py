"""The canonical keys of the register: what a rule is about, and whom it binds."""

from lienthong.mandate.competence.enums import Reach

TASK, FIELD = "task:", "field:"
PARTS_OF_REACH = {
    Reach.COUNTRY: 0,
    Reach.TYPE: 1,
    Reach.PROVINCE: 1,
    Reach.TYPE_IN_PROVINCE: 2,
    Reach.UNIT: 1,
}


def subject_of_task(code: str) -> str:
    """The subject key of one task."""
    return f"{TASK}{code}"


def subject_of_field(name: str) -> str:
    """The subject key of a field of work."""
    return f"{FIELD}{name}"


def is_subject(subject_key: str) -> bool:
    """Whether a key names a task or a field."""
    return any(subject_key.startswith(kind) and len(subject_key) > len(kind) for kind in (TASK, FIELD))


def reach_of(reach_key: str) -> Reach | None:
    """The reach that a canonical key states ("country", "province:79", "unit:26740" …); None if malformed."""
    word, *parts = reach_key.split(":")
    found = next((reach for reach in Reach if reach.value == word), None)
    if found is None or len(parts) != PARTS_OF_REACH[found] or not all(parts):
        return None
    return found
