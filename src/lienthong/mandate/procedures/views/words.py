"""The terms of a procedure in words: what the source states, what the office set, what nobody states."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lienthong.core.instruments.enums import Confidence
from lienthong.core.registry.queries import kinds
from lienthong.lib.money import format_dong
from lienthong.lib.portal_channels import LABELS, Channel
from lienthong.mandate.procedures.enums import StepRole, TermName
from lienthong.mandate.procedures.rules import in_words
from lienthong.mandate.procedures.values import FeeRule, Limit, OfficePage, Paper, SetTerm, Step, Terms


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng: the words, what they apply to, and on what they rest."""

    words: str
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """Một lần ấn định, in words."""

    row: SetTerm
    lines: tuple[Line, ...]
    confidence: str
    is_applied: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Một nội dung của thủ tục: `stated` is the source alone (None = not stated), `applied` what counts today."""

    term: TermName
    stated: tuple[Line, ...] | None
    applied: Setting | None
    history: tuple[Setting, ...]
    is_lacking: bool


def sections_of(office: OfficePage) -> list[Section]:
    """Every term of a procedure, those that a first dossier needs in front."""
    return [_section(term, office) for term in TermName]


def lines_of(term: str, value: Any) -> tuple[Line, ...]:
    """A set value (its JSON) in words; who set it and on what stands beside it, not on each line."""
    if term == TermName.AT_ONCE:
        return (Line(_yes_no(value)),)
    kind, told = _READ[TermName(term)]
    return _merged((getattr(row, "channel", ""), told(row)) for row in (kind(**given) for given in value))


def limit_words(terms: Terms) -> str:
    """The time of a procedure in one cell of a list."""
    if terms.at_once:
        return _("lấy ngay")
    return " / ".join(dict.fromkeys(_limit(limit).words for limit in terms.limits or ())) or not_stated()


def not_stated() -> str:
    """What to say where the source is silent."""
    return _("nguồn không nêu")


def confidence_label(word: str) -> str:
    """How sure the office may be."""
    return str(Confidence(word).label) if word in Confidence.values else ""


def channel_labels(channels: Iterable[str]) -> str:
    """Trực tiếp, Trực tuyến."""
    return ", ".join(LABELS[Channel(one)] for one in channels if one in set(Channel)) or not_stated()


def _section(term: TermName, office: OfficePage) -> Section:
    counted = office.applied(term)
    rows = [_setting(row, counted) for row in office.history if row.term == term]
    applied = next((row for row in rows if row.is_applied), None)
    return Section(term, _stated(term, office.source), applied, tuple(rows), term in office.row.lacks)


def _setting(row: SetTerm, counted: SetTerm | None) -> Setting:
    is_applied = counted is not None and counted.id == row.id
    return Setting(row, lines_of(row.term, row.value), confidence_label(row.confidence), is_applied)


def _stated(term: TermName, source: Terms) -> tuple[Line, ...] | None:
    if term == TermName.AT_ONCE:
        return None if source.at_once is None else (Line(_yes_no(source.at_once)),)
    rows: Sequence[Any] | None = {
        TermName.PAPERS: source.papers,
        TermName.TIME_LIMIT: source.limits,
        TermName.FEES: source.fees,
        TermName.STEPS: source.steps,
    }[term]
    if rows is None:
        return None
    told = _READ[term][1]
    return _merged((getattr(row, "channel", ""), told(row)) for row in rows)


def _paper(paper: Paper) -> Line:
    counts = ((paper.originals, _("bản chính")), (paper.copies, _("bản sao")))
    return Line(paper.name, ", ".join(f"{count} {what}" for count, what in counts if count))


def _limit(limit: Limit) -> Line:
    cutoff = _("giờ chốt %(at)s") % {"at": limit.cutoff} if limit.cutoff else ""
    return Line(_amount(limit), _joined(_clean(limit.case), cutoff), _basis(limit.citation, limit.confidence))


def _amount(limit: Limit) -> str:
    if limit.amount is None:
        return limit.text or not_stated()
    if limit.unit:
        return in_words(limit.amount, limit.unit).lower()
    return _("%(amount)s (nguồn không nêu đơn vị thời gian)") % {"amount": limit.amount}


def _fee(fee: FeeRule) -> Line:
    words = (
        not_stated() if fee.amount is None else _("miễn phí") if not fee.amount else format_dong(fee.amount)
    )
    per = f"/{fee.per}" if fee.amount and fee.per else ""
    tier = ""
    if fee.tier_from and fee.tier_amount is not None:
        tier = _("từ thứ %(from)s: %(amount)s") % {
            "from": fee.tier_from,
            "amount": format_dong(fee.tier_amount),
        }
    most = _("tối đa %(amount)s") % {"amount": format_dong(fee.max_amount)} if fee.max_amount else ""
    note = _joined(tier, most, _clean(fee.case), fee.doubt)
    return Line(f"{fee.label}: {words}{per}", note, _basis(fee.citation, fee.confidence))


def _step(step: Step) -> Line:
    states = {word: str(label) for kind in kinds() for word, label in kind.lifecycle.states}
    who = str(StepRole(step.who).label) if step.who in StepRole.values else step.who
    return Line(f"{states.get(step.state, step.state)}: {who}", f"{step.share} %")


def _merged(lines: Iterable[tuple[str, Line]]) -> tuple[Line, ...]:
    """One line for the channels of which the same is said; they are named where they differ."""
    found: dict[Line, list[str]] = {}
    for channel, line in lines:
        found.setdefault(line, []).append(channel)
    return tuple(
        Line(
            line.words,
            _joined(channel_labels(on) if all(on) and len(found) > 1 else "", line.note),
            line.source,
        )
        for line, on in found.items()
    )


def _basis(citation: str, confidence: str) -> str:
    return _joined(citation, confidence_label(confidence))


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _clean(remark: str) -> str:
    """A remark of the export without the brackets and dashes that it left around it."""
    return remark.strip(" .-–;()")


def _yes_no(value: object) -> str:
    return _("có") if value else _("không")


_READ: dict[TermName, tuple[type[Any], Any]] = {
    TermName.PAPERS: (Paper, _paper),
    TermName.TIME_LIMIT: (Limit, _limit),
    TermName.FEES: (FeeRule, _fee),
    TermName.STEPS: (Step, _step),
}
