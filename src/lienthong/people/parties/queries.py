"""Finding parties: by the paper on the counter from any unit, otherwise within the unit's custody."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from lienthong.core.scope.values import Actor
from lienthong.lib.text import fold
from lienthong.people.parties.access import cards, with_papers
from lienthong.people.parties.enums import PaperKind
from lienthong.people.parties.models import Party
from lienthong.people.parties.rules import broken_constraint as broken_constraint
from lienthong.people.parties.rules import doubts_about as doubts_about
from lienthong.people.parties.rules import tidy_number, tidy_phone
from lienthong.people.parties.rules import why_not_register as why_not_register
from lienthong.people.parties.rules import why_not_same as why_not_same
from lienthong.people.parties.values import PartyCard

COLUMNS = "id, kind, name, born_on, sex, address, phone, email, channel"


def find_by_paper(actor: Actor, kind: str, number: str, purpose: str = "intake") -> PartyCard | None:
    """The party whose paper has this whole number, from any unit; None where nobody has it.

    The unit's custody and the reading are written by the same call. Two statements.
    """
    rows = _rows(
        f"SELECT {COLUMNS} FROM parties_by_paper(%s, %s, %s, %s, %s)",
        [kind, tidy_number(number), actor.account_id, actor.post_id, purpose],
    )
    return with_papers([PartyCard(*row) for row in rows])[0] if rows else None


def find_kept_by_paper(number: str) -> list[PartyCard]:
    """The parties in the unit's custody with a paper of this whole number. Two statements.

    For a search: unlike `find_by_paper` it opens nobody to a unit that does not keep them yet.
    """
    # Every kind is named, so that the index on kind and number answers.
    papers = {"papers__kind__in": PaperKind.values, "papers__number": tidy_number(number)}
    return cards(Party.objects.filter(**papers).distinct().order_by("-pk"))


def find_by_phone(phone: str, limit: int = 20) -> list[PartyCard]:
    """The parties in the unit's custody with this telephone number. Two statements."""
    return cards(Party.objects.filter(phone=tidy_phone(phone)).order_by("-pk")[:limit])


def search(text: str, limit: int = 20) -> list[PartyCard]:
    """The parties in the unit's custody whose name holds the text; accents do not count. Two statements."""
    wanted = fold(text)
    if not wanted:
        return []
    return cards(Party.objects.filter(search_key__contains=wanted).order_by("search_key", "pk")[:limit])


def names_of(party_ids: Iterable[int]) -> dict[int, str]:
    """The names of these parties, as far as the acting unit may see them, for lists. One statement."""
    return dict(Party.objects.filter(pk__in=list(party_ids)).values_list("pk", "name"))


def channels_of(party_ids: Iterable[int]) -> dict[int, str]:
    """How these parties want to be told, as far as the acting unit may see them. One statement."""
    return dict(Party.objects.filter(pk__in=list(party_ids)).values_list("pk", "channel"))


def _rows(statement: str, values: Sequence[str | int | None]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
