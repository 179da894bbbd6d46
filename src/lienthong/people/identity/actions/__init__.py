"""What changes in this room, by verb."""

from lienthong.people.identity.actions.accounts import (
    create_account,
    create_accounts,
    lock_account,
    set_password,
    unlock_account,
)
from lienthong.people.identity.actions.choose_post import choose_post
from lienthong.people.identity.actions.staff_plan import usual_staff
from lienthong.people.identity.actions.staffing import staff_unit, staff_units

__all__ = [
    "choose_post",
    "create_account",
    "create_accounts",
    "lock_account",
    "set_password",
    "staff_unit",
    "staff_units",
    "unlock_account",
    "usual_staff",
]
