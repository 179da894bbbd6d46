"""What a draft's change must say, by kind."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.mandate.competence.enums import ChangeKind
from lienthong.mandate.competence.rules.keys import is_subject, reach_of
from lienthong.people.organisation.enums import BodyKind, PostKind

# Of each kind: what its data holds. "?" behind a word: it may be missing or null.
SHAPES: Mapping[str, Mapping[str, str]] = {
    ChangeKind.INSTRUMENT_ENDS: {"instrument": "id", "on": "day"},
    ChangeKind.INSTRUMENT_EXTENDS: {"instrument": "id", "on": "day?"},
    ChangeKind.BASIS_ADDED: {
        "subject_key": "subject",
        "instrument": "id",
        "article": "text?",
        "from": "day",
        "to": "day?",
    },
    ChangeKind.RULE_ADDED: {
        "subject_key": "subject",
        "reach_key": "reach",
        "body_kind": "body",
        "post_kind": "post?",
        "instrument": "id",
        "from": "day",
        "to": "day?",
    },
    ChangeKind.RULE_ENDED: {"rule": "id", "on": "day"},
    ChangeKind.ASSIGNMENT_ENDED: {"assignment": "id", "on": "day"},
    ChangeKind.DELEGATION_ENDED: {"delegation": "id", "on": "day"},
    ChangeKind.POST_VACANT: {"post": "id", "from": "day", "to": "day?"},
    ChangeKind.UNITS_MERGED: {"units": "ids", "into": "id", "on": "day"},
}


def why_not_draft(actor: Actor, unit_id: int | None) -> Refusal | None:
    """The city keeps drafts of the city, a unit's administrator those of the own unit."""
    if actor.reach == "system" or actor.may("city"):
        return None
    if actor.may("administration") and unit_id is not None and unit_id == actor.unit_id:
        return None
    return Refusal(
        "competence.draft_not_allowed",
        _("Bạn không được sửa phương án này. Hãy báo người quản trị đơn vị hoặc cơ quan của thành phố."),
    )


def why_not_named(name: str) -> Refusal | None:
    """A draft is found again by its name."""
    if name.strip():
        return None
    return Refusal("competence.draft_unnamed", _("Phương án chưa có tên. Hãy đặt tên để tìm lại được."))


def why_not_change(kind: str, data: Mapping[str, Any]) -> Refusal | None:
    """A change holds exactly what its kind asks for."""
    shape = SHAPES.get(kind)
    if shape is None or set(data) - set(shape):
        return _malformed()
    return next((_malformed() for name, word in shape.items() if not _fits(data.get(name), word)), None)


def closed_draft() -> Refusal:
    """A closed draft stays as it was checked."""
    return Refusal(
        "competence.draft_closed",
        _("Phương án này đã đóng hoặc thay đổi đã rút. Hãy mở một phương án mới."),
    )


def missing_row() -> Refusal:
    """A change names a row that is there."""
    return Refusal(
        "competence.change_unknown",
        _("Văn bản, quy định, vị trí hoặc đơn vị nêu trong thay đổi không có trong sổ. Hãy chọn lại."),
    )


def _malformed() -> Refusal:
    return Refusal(
        "competence.change_malformed",
        _("Thay đổi chưa đủ hoặc không đúng dạng. Hãy chọn loại thay đổi rồi điền đủ các ô của loại đó."),
    )


def _fits(value: Any, word: str) -> bool:
    if value in (None, ""):
        return word.endswith("?")
    return _CHECKS[word.rstrip("?")](value)


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "id": _is_id,
    "ids": lambda value: isinstance(value, list) and bool(value) and all(map(_is_id, value)),
    "day": _is_day,
    "text": lambda value: isinstance(value, str),
    "subject": lambda value: isinstance(value, str) and is_subject(value),
    "reach": lambda value: isinstance(value, str) and reach_of(value) is not None,
    "body": lambda value: value in BodyKind.values,
    "post": lambda value: value in PostKind.values,
}
