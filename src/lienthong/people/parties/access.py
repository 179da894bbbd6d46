"""Who may see a party: the unit that keeps the person's data (a row of custody), nobody else.

A unit comes to keep it by registering the person, by having their paper shown at its counter, or by a matter
that moved to it with the person (`parties_share`). Every reading is written down, refusals too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lienthong.core.journal.actions import note_reading, note_reading_apart
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.people.parties.models import IdentityPaper, Party
from lienthong.people.parties.values import PaperDraft, PartyCard


def find_party(actor: Actor, party_id: int, purpose: str = "view") -> PartyCard:
    """The party, if the acting unit may see it; the reading is noted. Raises NotFound otherwise.

    A refusal is noted after the request's transaction, so that it stays when that one rolls back.
    """
    card = cards_of([party_id]).get(party_id)
    subject = Subject("party", party_id)
    if card is None:
        note_reading_apart(actor, subject, purpose, allowed=False)
        raise NotFound
    note_reading(actor, subject, purpose)
    return card


def cards_of(party_ids: Iterable[int]) -> dict[int, PartyCard]:
    """The parties of these ids that the acting unit may see. Two statements; the caller notes the reading."""
    return {card.id: card for card in cards(Party.objects.filter(pk__in=list(party_ids)))}


def cards(rows: Iterable[Party]) -> list[PartyCard]:
    """Rows as cards, with their papers. Two statements, the rows' own included."""
    found = [
        PartyCard(
            row.pk,
            row.kind,
            row.name,
            row.born_on,
            row.sex,
            row.address,
            row.phone,
            row.email,
            row.channel,
        )
        for row in rows
    ]
    return with_papers(found)


def with_papers(cards: Sequence[PartyCard]) -> list[PartyCard]:
    """The cards with their papers. At most one statement."""
    if not cards:
        return []
    papers: dict[int, list[PaperDraft]] = {card.id: [] for card in cards}
    for row in IdentityPaper.objects.filter(party_id__in=list(papers)).order_by("pk"):
        papers[row.party_id].append(PaperDraft(row.kind, row.number, row.issued_on))
    return [replace(card, papers=tuple(papers[card.id])) for card in cards]
