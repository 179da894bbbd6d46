"""The slips of an act, to be printed."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from lienthong.people.identity.models import Invitation
from lienthong.people.identity.queries.staff import seats_of
from lienthong.people.identity.rules import code_of, digest_of
from lienthong.people.identity.values import Slip


def slips_of(key: UUID, account_ids: Sequence[int], units: Mapping[int, str], day: date) -> list[Slip]:
    """The slips of an act, to be printed; only whoever holds the act's key has them. Two statements.

    `units` gives the names by id. A slip that was replaced, used or has expired is left out.
    """
    found = Invitation.objects.filter(
        digest__in=[digest_of(code_of(key, account)) for account in account_ids], used_at__isnull=True
    ).select_related("account__person")
    by_account = {row.account_id: row for row in found}
    seats = {seat.account_id: seat for seat in reversed(seats_of(list(units), day))}
    return [
        Slip(
            account_id=account,
            person=by_account[account].account.person.name,
            title=seats[account].title if account in seats else "",
            unit=units[seats[account].unit_id] if account in seats else "",
            username=by_account[account].account.username,
            code=code_of(key, account),
            expires_at=by_account[account].expires_at,
            is_reset=by_account[account].is_reset,
        )
        for account in account_ids
        if account in by_account
    ]
