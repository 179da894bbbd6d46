"""When a procedure may be taken in, and what an office may set where the source is silent."""

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.lib.calendar import LimitUnit
from lienthong.mandate.procedures.enums import ExecutingBody, TermName
from lienthong.mandate.procedures.values import FeeRule, Limit, Paper, Step, Terms

WORD = re.compile(r"[a-z_]{1,30}")
# Far above what any procedure states: a date or a telephone number in the wrong column is no value.
MOST_PIECES, MOST_TIME, MOST_FEE, WHOLE = 99, 999, 1_000_000_000, 100
LIMIT_WORDS = {
    LimitUnit.WORKING_DAY: "ngày làm việc",
    LimitUnit.CALENDAR_DAY: "ngày",
    LimitUnit.WORKING_HOUR: "giờ làm việc",
    LimitUnit.CALENDAR_HOUR: "giờ",
    LimitUnit.MONTH: "tháng",
}


def limits_for(terms: Terms, channel: str) -> tuple[Limit, ...]:
    """The usable time limits of a channel, else of any: those with an amount and a unit, no two alike."""
    stated = [limit for limit in terms.limits or () if limit.amount is not None and limit.unit]
    own = [limit for limit in stated if limit.channel in ("", channel)]
    distinct = {
        (limit.amount, limit.unit, limit.cutoff, _case_of(terms, limit)): limit for limit in own or stated
    }
    return tuple(distinct.values())


def why_not_usable(terms: Terms | None, channel: str, on: date) -> Refusal | None:
    """Why a dossier of this procedure cannot be taken in on a day; None where it can."""
    if terms is None or (terms.valid_until and on >= terms.valid_until):
        return Refusal(
            "procedure.not_in_force",
            _("Thủ tục không có hiệu lực vào ngày này. Hãy tìm thủ tục thay thế trong Danh mục thủ tục."),
        )
    return _why_not_ours(terms) or _why_not_timed(terms, channel) or _why_not_described(terms)


def lacks_of(terms: Terms, channel: str, on: date) -> tuple[str, ...]:
    """The terms (TermName) that an office must set before the first dossier, in the order they are asked for.

    `why_not_usable` itself is asked again and again, as if each lack that it names had been set.
    """
    lacks: list[str] = []
    while (refusal := why_not_usable(terms, channel, on)) and refusal.code in _LACKING:
        term = _LACKING[refusal.code]
        lacks.append(term.value)
        terms = replace(terms, **_AS_IF_SET[term])
    return tuple(lacks)


def why_not_set_term(actor: Actor, own_code: str, place: str) -> Refusal | None:
    """A unit sets terms for itself; for the whole province the city does; the system loads."""
    own = place == own_code and (actor.may("administration") or actor.may("approval"))
    if actor.reach == "system" or own or (not place and actor.may("city")):
        return None
    return Refusal(
        "procedure.term_not_allowed",
        _("Bạn không được ấn định nội dung thủ tục ở đây. Hãy báo lãnh đạo hoặc người quản trị đơn vị."),
    )


def why_not_import(actor: Actor) -> Refusal | None:
    """The catalogue is one for the whole province: the system and the city load it."""
    if actor.reach == "system" or actor.may("city"):
        return None
    return Refusal(
        "procedure.import_not_allowed",
        _("Chỉ cơ quan của thành phố được nhập danh mục thủ tục. Hãy gửi tệp cho cơ quan đó."),
    )


def why_not_value(term: TermName, value: Any, citation: str) -> Refusal | None:
    """The value has the term's shape, and the office names what it rests on."""
    if not citation.strip():
        return Refusal(
            "procedure.citation_missing",
            _("Chưa nêu căn cứ. Hãy ghi số văn bản hoặc quyết định mà giá trị này dựa vào."),
        )
    try:
        normal_value(term, value)
    except (TypeError, ValueError, KeyError):
        return Refusal("procedure.value_malformed", _SHAPES[term]())
    return None


def why_not_during(valid_from: date, valid_until: date | None) -> Refusal | None:
    """What ends, ends after it began."""
    if valid_until is None or valid_from < valid_until:
        return None
    return Refusal(
        "procedure.during_reversed",
        _("Ngày hết hiệu lực không sau ngày áp dụng. Hãy kiểm tra lại hai ngày."),
    )


def normal_value(term: TermName, value: Any) -> Any:
    """The value as stored. Raises ValueError, TypeError or KeyError where it has not the term's shape."""
    if term == TermName.AT_ONCE:
        return _checked(value, isinstance(value, bool))
    rows = [_READERS[term](**row) for row in value]
    _checked(rows, bool(rows) and all(_is_sound(row) for row in rows))
    if term == TermName.STEPS:
        _checked(rows, sum(row.share for row in rows) == WHOLE)
    return [asdict(row) for row in rows]


def is_same_statement(a: Sequence[Any], b: Sequence[Any]) -> bool:
    """Whether two versions state the same, order of their rows apart."""
    return [_unordered(part) for part in a] == [_unordered(part) for part in b]


def in_words(amount: int | None, unit: str) -> str:
    """A time limit in words: "3 ngày làm việc", "Trong ngày" for none at all."""
    if amount == 0:
        return "Trong ngày"
    return f"{amount} {LIMIT_WORDS[LimitUnit(unit)]}"


def _why_not_ours(terms: Terms) -> Refusal | None:
    if terms.executing_body == ExecutingBody.COMMUNE_COMMITTEE:
        return None
    return Refusal(
        "procedure.other_body",
        _(
            "Thủ tục “{name}” do {body} giải quyết, không phải Ủy ban nhân dân cấp xã. "
            "Hãy hướng dẫn người dân đến cơ quan đó."
        ).format(name=terms.name, body=ExecutingBody(terms.executing_body).label),
    )


def _why_not_timed(terms: Terms, channel: str) -> Refusal | None:
    if terms.at_once:
        return None
    usable = limits_for(terms, channel)
    if not usable:
        return Refusal(
            "procedure.time_not_stated",
            _(
                "Thủ tục “{name}” chưa nêu thời hạn (hoặc đơn vị tính). Văn phòng ấn định kèm căn cứ tại "
                "Danh mục thủ tục trước khi nhận hồ sơ đầu tiên."
            ).format(name=terms.name),
        )
    if len(usable) > 1 and not _is_set_by_office(terms, TermName.TIME_LIMIT):
        return Refusal(
            "procedure.time_ambiguous",
            _(
                "Nguồn nêu nhiều thời hạn cho thủ tục “{name}” mà không nói rõ trường hợp. Văn phòng ấn định "
                "kèm căn cứ tại Danh mục thủ tục trước khi nhận hồ sơ đầu tiên."
            ).format(name=terms.name),
        )
    return None


def _why_not_described(terms: Terms) -> Refusal | None:
    if terms.papers is None:
        return _not_set(terms, "procedure.papers_not_stated", _("thành phần hồ sơ"))
    if terms.steps is None and not terms.at_once:
        return _not_set(terms, "procedure.steps_not_stated", _("quy trình nội bộ"))
    return None


def _not_set(terms: Terms, code: str, what: str) -> Refusal:
    return Refusal(
        code,
        _(
            "Thủ tục “{name}” chưa có {what}. Văn phòng ấn định kèm căn cứ tại Danh mục thủ tục "
            "trước khi nhận hồ sơ đầu tiên."
        ).format(name=terms.name, what=what),
    )


def _is_set_by_office(terms: Terms, term: TermName) -> bool:
    return any(name == term for name, _source in terms.citations)


def _case_of(terms: Terms, limit: Limit) -> str:
    """An office names the cases that a clerk chooses from; a source's remark is no case."""
    return limit.case if _is_set_by_office(terms, TermName.TIME_LIMIT) else ""


def _unordered(part: Any) -> Any:
    return sorted(part, key=repr) if isinstance(part, list | tuple) else part


def _checked(value: Any, holds: bool) -> Any:
    if not holds:
        raise ValueError(value)
    return value


def _is_sound(row: Paper | Limit | FeeRule | Step) -> bool:
    match row:
        case Paper():
            pieces = (row.originals, row.copies)
            is_counted = all(_is_count(piece, MOST_PIECES) for piece in pieces) and sum(pieces) > 0
            return bool(row.name.strip()) and is_counted
        case Limit():
            return _is_count(row.amount, MOST_TIME) and row.unit in set(LimitUnit) and _is_clock(row.cutoff)
        case FeeRule():
            return _is_count(row.amount, MOST_FEE) and bool(row.per.strip())
        case Step():
            is_named = all(WORD.fullmatch(word) for word in (row.state, row.who))
            return is_named and _is_count(row.share, WHOLE)


def _is_count(number: object, most: int) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= most


def _is_clock(text: str) -> bool:
    return not text or bool(time.fromisoformat(text))


_READERS: dict[TermName, Any] = {
    TermName.PAPERS: Paper,
    TermName.TIME_LIMIT: lambda **row: Limit(**{"text": in_words(row["amount"], row["unit"]), **row}),
    TermName.FEES: lambda **row: FeeRule(**{"label": "Phí, lệ phí", "text": "", **row}),
    TermName.STEPS: Step,
}
_SHAPES = {
    TermName.PAPERS: lambda: _("Mỗi giấy tờ cần tên và số bản chính hoặc bản sao từ 1 đến 99. Hãy bổ sung."),
    TermName.TIME_LIMIT: lambda: _(
        "Thời hạn cần một số từ 0 đến 999 và đơn vị tính (ngày làm việc, ngày, giờ, tháng)."
    ),
    TermName.FEES: lambda: _(
        "Mức thu cần số đồng, nhiều nhất 1.000.000.000, và đơn vị tính (hồ sơ, bản, trang …)."
    ),
    TermName.STEPS: lambda: _("Mỗi bước cần trạng thái, người thực hiện và tỷ lệ; tổng tỷ lệ là 100."),
    TermName.AT_ONCE: lambda: _("Hãy chọn có hoặc không cho “lấy ngay”."),
}
_LACKING = {
    "procedure.time_not_stated": TermName.TIME_LIMIT,
    "procedure.time_ambiguous": TermName.TIME_LIMIT,
    "procedure.papers_not_stated": TermName.PAPERS,
    "procedure.steps_not_stated": TermName.STEPS,
}
_AS_IF_SET: dict[TermName, dict[str, Any]] = {
    TermName.TIME_LIMIT: {"limits": (Limit(1, LimitUnit.WORKING_DAY.value, ""),)},
    TermName.PAPERS: {"papers": ()},
    TermName.STEPS: {"steps": ()},
}
