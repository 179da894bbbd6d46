"""Rules of certification: the lifecycle, fees, and why an act is not possible."""

from lienthong.work.certification.rules.acting import (
    closed_month,
    nobody_answers,
    why_not_at_once,
    why_not_close,
    why_not_correct_law,
    why_not_extend,
    why_not_here,
    why_not_keep_books,
    why_not_long,
    why_not_reason,
    why_not_refuse,
    why_not_return,
    why_not_void,
    why_not_waiting,
)
from lienthong.work.certification.rules.fees import amount_of, charges_for, fee_of
from lienthong.work.certification.rules.lifecycle import COMPETENCE, DECREE, KIND, LIFECYCLE
from lienthong.work.certification.rules.receiving import (
    why_not_act,
    why_not_coded,
    why_not_copy,
    why_not_items,
    why_not_place,
)
from lienthong.work.certification.rules.signing import as_signed, paper_among, signed_as

__all__ = [
    "COMPETENCE",
    "DECREE",
    "KIND",
    "LIFECYCLE",
    "amount_of",
    "as_signed",
    "charges_for",
    "closed_month",
    "fee_of",
    "nobody_answers",
    "paper_among",
    "signed_as",
    "why_not_act",
    "why_not_at_once",
    "why_not_close",
    "why_not_coded",
    "why_not_copy",
    "why_not_correct_law",
    "why_not_extend",
    "why_not_here",
    "why_not_items",
    "why_not_keep_books",
    "why_not_long",
    "why_not_place",
    "why_not_reason",
    "why_not_refuse",
    "why_not_return",
    "why_not_void",
    "why_not_waiting",
]
