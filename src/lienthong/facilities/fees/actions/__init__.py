"""Acts on fees."""

from lienthong.facilities.fees.actions.charge import add_charges, charge_fee, let_go, waive_charge
from lienthong.facilities.fees.actions.close import close_day
from lienthong.facilities.fees.actions.pay import take_payment, void_receipt

__all__ = ["add_charges", "charge_fee", "close_day", "let_go", "take_payment", "void_receipt", "waive_charge"]
