"""Reading certifications, their books and what the law's data says of them."""

from lienthong.work.certification.queries.books import (
    closed_month_of,
    closing_of,
    closings_checked,
    closings_of,
    digest_of,
    month_book,
    open_month_before,
)
from lienthong.work.certification.queries.items import attestation_of, head_of, items_of, numbers_of
from lienthong.work.certification.queries.law import (
    act_rule,
    act_rules,
    bans,
    estimate,
    rate_of,
    rates,
    retention_rules,
)

__all__ = [
    "act_rule",
    "act_rules",
    "attestation_of",
    "bans",
    "closed_month_of",
    "closing_of",
    "closings_checked",
    "closings_of",
    "digest_of",
    "estimate",
    "head_of",
    "items_of",
    "month_book",
    "numbers_of",
    "open_month_before",
    "rate_of",
    "rates",
    "retention_rules",
]
