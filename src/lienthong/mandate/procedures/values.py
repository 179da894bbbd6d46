"""A procedure as it applies at a place on a day: what is frozen into a dossier at intake."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from lienthong.core.registry.values import Refusal


@dataclass(frozen=True, slots=True)
class Paper:
    """Thành phần hồ sơ: a required paper, how many originals and copies."""

    name: str
    originals: int = 0
    copies: int = 0
    required: bool = True


@dataclass(frozen=True, slots=True)
class Limit:
    """Thời hạn giải quyết: `unit` is a word of lib.calendar.LimitUnit, or "" where the source names none.

    `channel` "" = every channel; `cutoff` (HH:MM): what comes later counts as received the next working day.
    """

    amount: int | None
    unit: str
    text: str
    case: str = ""
    channel: str = ""
    citation: str = ""
    confidence: str = ""
    cutoff: str = ""


@dataclass(frozen=True, slots=True)
class FeeRule:
    """Phí, lệ phí: đồng per `per` ("hồ sơ", "bản", "trang" …); amount None = the source does not state it.

    `channel` "" = every channel; `case` is the source's remark; from the `tier_from`-th piece on
    `tier_amount` is charged, at most `max_amount`; `doubt`: why the office must look before charging.
    """

    amount: int | None
    per: str
    label: str
    text: str
    citation: str = ""
    confidence: str = ""
    channel: str = ""
    case: str = ""
    tier_from: int | None = None
    tier_amount: int | None = None
    max_amount: int | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Bước quy trình nội bộ: the dossier's state in it, who acts, its share of the time limit in percent."""

    state: str
    who: str
    share: int


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything a dossier needs of its procedure. None = not stated (and no office has set it).

    `illustrative` names the terms that a demonstration set ("giá trị minh họa"); `citations` term -> source.
    `valid_until` is the first day on which the version no longer applies.
    """

    procedure_code: str
    version_id: int
    task_id: int
    name: str
    field: str
    executing_body: str
    channels: tuple[str, ...]
    result: str
    at_once: bool | None
    boundary_free: bool | None
    limits: tuple[Limit, ...] | None
    fees: tuple[FeeRule, ...] | None
    papers: tuple[Paper, ...] | None
    steps: tuple[Step, ...] | None
    illustrative: tuple[str, ...] = ()
    citations: tuple[tuple[str, str], ...] = ()
    valid_until: date | None = None

    def as_json(self) -> dict[str, Any]:
        """The JSON form that a dossier keeps."""
        found = asdict(self)
        found["valid_until"] = self.valid_until.isoformat() if self.valid_until else None
        return found

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Terms":
        """The terms that a dossier kept."""
        until = kept.get("valid_until")
        return cls(
            **{
                **kept,
                "channels": tuple(kept["channels"]),
                "limits": _each(Limit, kept["limits"]),
                "fees": _each(FeeRule, kept["fees"]),
                "papers": _each(Paper, kept["papers"]),
                "steps": _each(Step, kept["steps"]),
                "illustrative": tuple(kept["illustrative"]),
                "citations": tuple((a, b) for a, b in kept["citations"]),
                "valid_until": date.fromisoformat(until) if until else None,
            }
        )


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One procedure found in the catalogue; `after` is where the next page begins."""

    terms: Terms
    after: str


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """A procedure as its page shows it: the terms, what else the source states, and the former versions."""

    terms: Terms
    level: str
    executing_text: str
    subjects: str
    online_level: str
    boundary_note: str
    decision_number: str
    source_url: str
    source_note: str
    versions: tuple["VersionLine", ...]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a procedure: its place in the sequence, its days ("" = open), its decision."""

    sequence: int
    valid_from: str
    valid_to: str
    decision_number: str


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A procedure in the office's list: what the counter would be told, and the terms (TermName) to set first."""

    terms: Terms
    lacks: tuple[str, ...]
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class OfficeList:
    """One page of the office's list; `after` is where the next one begins ("" = the end)."""

    rows: tuple[OfficeRow, ...]
    after: str


@dataclass(frozen=True, slots=True)
class SetTerm:
    """Một lần ấn định: what an office set, on what it rests, by whom; `place` "" = the whole province.

    `valid_until` is the first day on which it no longer holds (None: none is set).
    """

    id: int
    term: str
    place: str
    value: Any
    citation: str
    confidence: str
    valid_from: date | None
    valid_until: date | None
    recorded_at: datetime
    set_by: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class OfficePage:
    """A procedure as the office keeps it: as it applies, as the source alone states it, and what was set.

    `history` has the newest first.
    """

    page: ProcedurePage
    source: Terms
    row: OfficeRow
    history: tuple[SetTerm, ...]

    def applied(self, term: str) -> SetTerm | None:
        """The row of a term that counts today: the place's own before the province's, then the newest."""
        counted = [row for row in self.history if row.term == term and row.in_force]
        return max(counted, key=lambda row: (row.place, row.id), default=None)


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """What became of one row of an export; `reason` where it was rejected."""

    row_number: int
    code: str
    outcome: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Every row of an export, each with its outcome (enums.ImportOutcome)."""

    rows: tuple[ImportedRow, ...]

    def count(self, outcome: str) -> int:
        """How many rows ended so."""
        return sum(row.outcome == outcome for row in self.rows)


def _each(kind: type[Any], rows: list[dict[str, Any]] | None) -> tuple[Any, ...] | None:
    return None if rows is None else tuple(kind(**row) for row in rows)
