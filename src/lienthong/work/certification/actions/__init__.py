"""Acts on certifications and their books."""

from lienthong.work.certification.actions.attest import attest_at_once
from lienthong.work.certification.actions.books import close_month, void_number
from lienthong.work.certification.actions.ending import (
    refuse_certification,
    return_certification,
    withdraw_certification,
)
from lienthong.work.certification.actions.extend import extend_certification
from lienthong.work.certification.actions.law import correct_ban, correct_rate
from lienthong.work.certification.actions.receive import receive_certification
from lienthong.work.certification.actions.seeds import load_seeds
from lienthong.work.certification.actions.sign import sign_certification

__all__ = [
    "attest_at_once",
    "close_month",
    "correct_ban",
    "correct_rate",
    "extend_certification",
    "load_seeds",
    "receive_certification",
    "refuse_certification",
    "return_certification",
    "sign_certification",
    "void_number",
    "withdraw_certification",
]
