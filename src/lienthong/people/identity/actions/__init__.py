"""What changes in this room, by verb."""

from lienthong.people.identity.actions.accounts import create_accounts, lock_account, unlock_account
from lienthong.people.identity.actions.choose_post import choose_post
from lienthong.people.identity.actions.invitations import (
    invite_officer,
    issue_slips,
    reset_account,
    take_invitation,
)
from lienthong.people.identity.actions.roll import check_roll, load_roll
from lienthong.people.identity.actions.seats import (
    appoint_officer,
    close_post,
    end_absence,
    end_holding,
    name_substitute,
    open_post,
)
from lienthong.people.identity.actions.staff_plan import usual_staff
from lienthong.people.identity.actions.staffing import staff_unit, staff_units

__all__ = [
    "appoint_officer",
    "check_roll",
    "choose_post",
    "close_post",
    "create_accounts",
    "end_absence",
    "end_holding",
    "invite_officer",
    "issue_slips",
    "load_roll",
    "lock_account",
    "name_substitute",
    "open_post",
    "reset_account",
    "staff_unit",
    "staff_units",
    "take_invitation",
    "unlock_account",
    "usual_staff",
]
