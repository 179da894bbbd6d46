"""What a procedure demands, in plain words; what the source does not state is said to be so."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lienthong.core.instruments.enums import Confidence
from lienthong.fronts.public.values import Line, Row, Sheet
from lienthong.lib.calendar import LimitUnit
from lienthong.lib.money import format_dong
from lienthong.mandate.procedures.enums import ExecutingBody, OnlineServiceLevel, TermName
from lienthong.mandate.procedures.values import FeeRule, Limit, Paper, ProcedurePage, Terms
from lienthong.work.dossiers.enums import Channel

TITLE_ONLY = "Phí, lệ phí"


def row_of(terms: Terms) -> Row:
    """A procedure as the list shows it: one time, one fee, or how many there are."""
    return Row(
        code=terms.procedure_code,
        name=terms.name,
        field=terms.field,
        time=_one([limit_words(limit) for limit in terms.limits or ()]),
        fee=_one([fee_words(fee) for fee in terms.fees or ()]),
    )


def sheet_of(page: ProcedurePage, solver: str) -> Sheet:
    """A procedure as its page shows it; `solver` is the body inside the chosen unit ("" where none is chosen)."""
    terms = page.terms
    return Sheet(
        code=terms.procedure_code,
        name=terms.name,
        field=terms.field,
        subjects=page.subjects,
        body=page.executing_text or str(ExecutingBody(terms.executing_body).label),
        solver=solver,
        times=_merged((limit.channel, _limit_line(limit, terms.fees or ())) for limit in terms.limits or ()),
        fees=_merged((fee.channel, _fee_line(fee)) for fee in terms.fees or ()),
        papers=None if terms.papers is None else tuple(_paper_line(paper) for paper in terms.papers),
        result=terms.result,
        channels=channel_words(terms.channels),
        online=str(OnlineServiceLevel(page.online_level).label),
        at_once=terms.at_once,
        boundary=_boundary(terms.boundary_free),
        illustrative=tuple(str(TermName(term).label) for term in terms.illustrative if term in SHOWN_TERMS),
        decision=page.decision_number,
        source_url=page.source_url if page.source_url.startswith("https://") else "",
        source_note=page.source_note,
        citations=tuple(
            sorted({text for term, text in terms.citations if text and term not in terms.illustrative})
        ),
    )


SHOWN_TERMS = (TermName.PAPERS, TermName.TIME_LIMIT, TermName.FEES, TermName.AT_ONCE)


def limit_words(limit: Limit) -> str:
    """3 ngày làm việc; a number without a unit is shown as such, never completed."""
    if limit.amount is None:
        return limit.text or not_stated()
    if not limit.unit:
        return _("%(count)s (nguồn không nêu đơn vị thời gian)") % {"count": limit.amount}
    if limit.amount == 0:
        return _("trong ngày làm việc")
    return _in_units(limit.amount, LimitUnit(limit.unit))


def _in_units(amount: int, unit: LimitUnit) -> str:
    if unit is LimitUnit.WORKING_DAY:
        words = ngettext("%(count)s ngày làm việc", "%(count)s ngày làm việc", amount)
    elif unit is LimitUnit.CALENDAR_DAY:
        words = ngettext("%(count)s ngày", "%(count)s ngày", amount)
    elif unit is LimitUnit.WORKING_HOUR:
        words = ngettext("%(count)s giờ làm việc", "%(count)s giờ làm việc", amount)
    elif unit is LimitUnit.CALENDAR_HOUR:
        words = ngettext("%(count)s giờ", "%(count)s giờ", amount)
    else:
        words = ngettext("%(count)s tháng", "%(count)s tháng", amount)
    return words % {"count": amount}


def fee_words(fee: FeeRule) -> str:
    """Miễn phí; 8.000 đ mỗi bản; what is not stated is not zero."""
    if fee.amount is None:
        return not_stated()
    if fee.amount == 0:
        return _("miễn phí")
    words = format_dong(fee.amount)
    if fee.per:
        words = _("%(amount)s mỗi %(piece)s") % {"amount": words, "piece": fee.per}
    if fee.tier_from and fee.tier_amount is not None:
        more = _("từ %(piece)s thứ %(number)s: %(amount)s")
        words += "; " + more % {
            "piece": fee.per,
            "number": fee.tier_from,
            "amount": format_dong(fee.tier_amount),
        }
    if fee.max_amount:
        words += "; " + _("tối đa %(amount)s") % {"amount": format_dong(fee.max_amount)}
    return words


def confidence_words(confidence: str, citation: str = "") -> str:
    """How sure the value is, for somebody who relies on it; "" where it was checked against the text."""
    words = {
        Confidence.VERIFIED: "",
        Confidence.PRESS: _("theo báo chí, chưa đối chiếu văn bản"),
        Confidence.MEMORY: _("chưa đối chiếu văn bản"),
        Confidence.ASSUMPTION: _("chưa chắc chắn, hãy hỏi quầy trước khi làm"),
        Confidence.ILLUSTRATIVE: _("giá trị minh họa"),
    }
    found = words[Confidence(confidence)] if confidence in words else ""
    if confidence == Confidence.ILLUSTRATIVE:
        return found
    return "; ".join(part for part in (citation, found) if part)


def channel_words(channels: Sequence[str]) -> str:
    """trực tiếp, trực tuyến."""
    known = [str(Channel(channel).label) for channel in channels if channel in Channel.values]
    return ", ".join(known) or not_stated()


def not_stated() -> str:
    """What to say where the source is silent."""
    return _("nguồn không nêu")


def _limit_line(limit: Limit, fees: Sequence[FeeRule]) -> Line:
    """The national export repeats its remark on the fee beside the time: it is told once, with the fee."""
    remark = "" if any(fee.case == limit.case for fee in fees) else _clean(limit.case)
    return Line(limit_words(limit), "", remark, confidence_words(limit.confidence, limit.citation))


def _fee_line(fee: FeeRule) -> Line:
    label = "" if fee.label == TITLE_ONLY else f"{fee.label}: "
    source = confidence_words(fee.confidence, fee.citation)
    return Line(f"{label}{fee_words(fee)}", "", _clean(fee.case), source, fee.doubt)


def _paper_line(paper: Paper) -> Line:
    pieces = []
    if paper.originals:
        words = ngettext("%(count)s bản chính", "%(count)s bản chính", paper.originals)
        pieces.append(words % {"count": paper.originals})
    if paper.copies:
        words = ngettext("%(count)s bản sao", "%(count)s bản sao", paper.copies)
        pieces.append(words % {"count": paper.copies})
    if not paper.required:
        pieces.append(_("nếu có"))
    return Line(paper.name, ", ".join(pieces))


def _clean(remark: str) -> str:
    """A remark of the export without the brackets and dashes that it left around it."""
    return remark.strip(" .-–;()")


def _merged(lines: Iterable[tuple[str, Line]]) -> tuple[Line, ...]:
    """One line for the channels of which the source says the same."""
    found: dict[Line, list[str]] = {}
    for channel, line in lines:
        found.setdefault(line, []).append(channel)
    return tuple(
        Line(
            line.words,
            channel_words(on) if all(on) and len(found) > 1 else "",
            line.remark,
            line.source,
            line.doubt,
        )
        for line, on in found.items()
    )


def _one(words: Sequence[str]) -> str:
    """The one value; where channels differ, all of them, each once."""
    different = list(dict.fromkeys(words))
    return " / ".join(different) if different else not_stated()


def _boundary(free: bool | None) -> str:
    """Any counter of the province takes any dossier (one-stop shop), unless the procedure itself is tied."""
    if free is False:
        return _("quầy của nơi giải quyết")
    return _("bất kỳ quầy nào trong tỉnh, thành phố")
