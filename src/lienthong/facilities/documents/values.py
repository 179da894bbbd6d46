"""What papers carry, handed between rooms; and the form in which an issued one is kept for good."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from lienthong.facilities.documents.typesetting.certification import (
    AttestationKind,
    AttestationSheet,
    Attested,
    BookLine,
    CertificationForm,
    RegisterClosing,
)
from lienthong.facilities.documents.typesetting.office import (
    DelegatedAct,
    DelegatedActs,
    Entrusting,
    LedBy,
    LedField,
    OfficeForm,
    WorkingRegulation,
)
from lienthong.facilities.documents.typesetting.values import (
    ApologyLetter,
    CloseLine,
    ControlSlip,
    ControlStep,
    DailyClose,
    DossierPaper,
    DossierRegister,
    FeeItem,
    FeeReceipt,
    HaltNotice,
    Illustrative,
    IntakeReceipt,
    IntakeSlip,
    Lack,
    Letterhead,
    Paper,
    Refusal,
    RegisterRow,
    Signature,
    SupplementRequest,
    WeekCause,
    WeekLine,
    WeeklyReport,
    WeekOverdue,
    WeekShare,
    Words,
)
from lienthong.facilities.documents.typesetting.values import Form as ShopForm

__all__ = [
    "ApologyLetter",
    "AttachmentLine",
    "AttestationKind",
    "AttestationSheet",
    "Attested",
    "BookLine",
    "CloseLine",
    "ControlSlip",
    "ControlStep",
    "DailyClose",
    "DelegatedAct",
    "DelegatedActs",
    "DossierPaper",
    "DossierRegister",
    "Entrusting",
    "FeeItem",
    "FeeReceipt",
    "Form",
    "FormLine",
    "HaltNotice",
    "Illustrative",
    "IntakeReceipt",
    "IntakeSlip",
    "Lack",
    "LedBy",
    "LedField",
    "Letterhead",
    "LinkedFile",
    "OrderLine",
    "Paper",
    "Refusal",
    "RegisterClosing",
    "RegisterRow",
    "Reusable",
    "Signature",
    "SupplementRequest",
    "WeekCause",
    "WeekLine",
    "WeekOverdue",
    "WeekShare",
    "WeeklyReport",
    "Words",
    "WorkingRegulation",
    "as_json",
    "from_json",
]

Form = ShopForm | CertificationForm | OfficeForm
_FORMS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(Form)}


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """Tệp gửi bằng đường dẫn: where it lies, its name, and which paper it is."""

    url: str
    name: str
    paper: str = ""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """Một tệp gửi bằng đường dẫn mà chưa có trong hồ sơ; `state` is a word of OrderState, `error` why it did not come."""

    file_name: str
    paper: str
    state: str
    error: str


@dataclass(frozen=True, slots=True)
class Reusable:
    """Giấy tờ đã có, dùng lại được: an attachment of the same person that the actor may see (M28)."""

    attachment_id: int
    case_id: int
    paper: str
    file_name: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """Một giấy tờ trong hồ sơ, as a page lists it; `scan` is the state in words."""

    id: int
    paper: str
    file_name: str
    kind: str
    size: int
    scan: str
    scan_note: str
    added_at: datetime
    reused: bool


@dataclass(frozen=True, slots=True)
class FormLine:
    """Một biểu mẫu đã lập của vụ việc, without its content."""

    id: int
    form: str
    number: str
    sequence: int
    issued_at: datetime


def as_json(form: Form) -> dict[str, Any]:
    """The form as JSON that `from_json` turns back into an equal value."""
    return {"type": type(form).__name__, **_record(form)}


def from_json(kept: dict[str, Any]) -> Form:
    """The form that was kept. Raises LookupError for a type that no form has."""
    if kept.get("type") not in _FORMS:
        raise LookupError(f"no form of type {kept.get('type')}")
    form: Form = _revived(_FORMS[kept["type"]], {name: kept[name] for name in kept if name != "type"})
    return form


def _record(value: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return _record(value) if is_dataclass(value) else value


def _revived(hint: Any, kept: Any) -> Any:
    """A kept value as its hint says. What a later form lacks is left out; what is new has its default."""
    if kept is None or get_origin(hint) is Literal:
        return kept
    if get_origin(hint) in (Union, UnionType):
        return _revived(_choice(get_args(hint), kept), kept)
    if get_origin(hint) is tuple:
        return tuple(_revived(get_args(hint)[0], item) for item in kept)
    if hint is datetime or hint is date:
        return hint.fromisoformat(kept)
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return hint(**{name: _revived(hints[name], item) for name, item in kept.items() if name in hints})  # type: ignore[operator]
    return kept


def _choice(hints: tuple[Any, ...], kept: Any) -> Any:
    """Which of a union's types a kept value is: an object is the dataclass, a text is not."""
    wanted = [
        hint for hint in hints if is_dataclass(hint) == isinstance(kept, dict) and hint is not type(None)
    ]
    return wanted[0]
