"""What the counter decides before it asks an action: which fees may be chosen, which papers lack."""

from collections.abc import Iterable, Sequence

from lienthong.fronts.desk.values import PaperRow
from lienthong.lib.money import format_dong
from lienthong.mandate.procedures.values import FeeRule, Limit

# Where a refusal belongs on the form; every other one stands in the summary alone.
FIELD_OF = {
    "party.name_empty": "name",
    "party.name_long": "name",
    "party.born_future": "born",
    "party.born_past": "born",
    "party.paper_kind": "paper_kind",
    "party.paper_empty": "number",
    "party.number_long": "number",
    "party.paper_of_another": "number",
    "party.address_long": "address",
    "party.phone_long": "phone",
    "party.email_long": "email",
    "party.channel_unknown": "contact",
    "party.channel_phone": "phone",
    "party.channel_email": "email",
    "dossier.other_province": "place_search",
    "dossier.quantity": "quantity",
}

# How a list shows a state: its shape and colour (case.css). What is not named here is being worked on.
TONES = {
    "submitted": "new",
    "received": "new",
    "supplement_requested": "waiting",
    "payment_requested": "waiting",
    "awaiting_approval": "approval",
    "approved": "done",
    "completed": "done",
    "returned": "ended",
    "refused": "stopped",
    "halted": "stopped",
    "withdrawn": "stopped",
}


def tone_of(state: str) -> str:
    """The look of a state in a list."""
    return TONES.get(state, "working")


def fee_words(fee: FeeRule) -> str:
    """2.000 đ/trang: Phí, lệ phí."""
    per = f"/{fee.per}" if fee.per else ""
    return f"{format_dong(fee.amount or 0)}{per}: {fee.label or fee.text}"


def limit_words(limit: Limit) -> str:
    """The limit as its source words it, with its case."""
    return f"{limit.text} ({limit.case})" if limit.case else limit.text


def lacks_of(papers: Iterable[PaperRow], typed: str) -> list[str]:
    """What lacks: the lines that the clerk typed, else the required papers that were not ticked."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    return lines or [paper.name for paper in papers if paper.lacks]


def first(found: Sequence[int], limit: int) -> int:
    """The chosen index, within the list; 0 where none was chosen."""
    return found[0] if found and 0 <= found[0] < limit else 0
