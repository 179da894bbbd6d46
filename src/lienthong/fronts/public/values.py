"""Plain values that public pages show."""

from dataclasses import dataclass

from lienthong.core.shell.values import Due


@dataclass(frozen=True, slots=True)
class Stage:
    """Chặng của hồ sơ: one stage on the way; `mark` is "done", "now" or "" (still to come)."""

    word: str
    note: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """Hồ sơ trong mắt người nộp: what the page of a found dossier says. No name, no number of a person."""

    heading: str
    code: str
    procedure: str
    unit: str
    status: str
    due: Due
    due_note: str
    next: str
    next_note: str
    stages: tuple[Stage, ...]
    lacks: tuple[tuple[str, str], ...]
    collect: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng của thủ tục: the words, for which channels, the source's remark, and how sure it is."""

    words: str
    channels: str = ""
    remark: str = ""
    source: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Một thủ tục trong danh mục, in one line each."""

    code: str
    name: str
    field: str
    time: str
    fee: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Trang của một thủ tục, in words; `papers` None = the source does not state them."""

    code: str
    name: str
    field: str
    subjects: str
    body: str
    solver: str
    times: tuple[Line, ...]
    fees: tuple[Line, ...]
    papers: tuple[Line, ...] | None
    result: str
    channels: str
    online: str
    at_once: bool | None
    boundary: str
    illustrative: tuple[str, ...]
    decision: str
    source_url: str
    source_note: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """Đơn vị tìm thấy: `code` where it has a page; `now` its new name; `became` where it is `gone`."""

    name: str
    place: str
    code: str
    now: str
    gone: bool
    became: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """Trang của một phường, xã, đặc khu."""

    code: str
    name: str
    kind: str
    province: str
    agency_code: str
    bodies: tuple[str, ...]
    groups: tuple[str, ...]
    neighbours: tuple[tuple[str, str], ...]
    predecessors: tuple[tuple[str, str], ...]
    hours: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class MaySign:
    """Người được ký: a post, by what right and for which post, and the paper that gives it."""

    post: str
    right: str
    for_post: str
    number: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Một căn cứ: what kind of paper, its words, and on which days it holds."""

    kind: str
    text: str
    article: str
    days: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Who:
    """Ai giải quyết: the answer for one task, place and day, in words. No person is named."""

    unit: str
    body: str
    post: str
    held: str
    leader: str
    leader_held: str
    signatories: tuple[MaySign, ...]
    chain: tuple[Ground, ...]
    finding: str
