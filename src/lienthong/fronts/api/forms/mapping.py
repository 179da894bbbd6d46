"""From the shape that came in to the plain values that an action takes."""

from collections.abc import Mapping
from typing import Any

from lienthong.fronts.api.forms.dossiers import Applicant, BatchItem, Dossier
from lienthong.people.parties.values import PaperDraft, PartyDraft
from lienthong.work.dossiers.values import GivenPaper, Intake, Lodging


def intake_of(body: Dossier) -> Intake:
    """A dossier as a counter would hand it in, by the online channel."""
    return Intake(
        procedure_code=body.procedure_code,
        applicant=_applicant(body.applicant),
        papers=tuple(
            GivenPaper(paper.name, paper.originals, paper.copies, paper.originals, paper.copies, paper.note)
            for paper in body.papers
        ),
        channel="online",
        place=body.place,
        quantity=body.quantity,
        limit_index=body.limit_index,
        note=body.note,
        return_mode=body.return_mode,
        particulars=_particulars(body),
    )


def lodging_of(item: BatchItem) -> Lodging:
    """An item of a batch."""
    return Lodging(
        key=item.key,
        unit_code=item.dossier.unit_code,
        intake=intake_of(item.dossier),
        external_code=item.dossier.external_code,
        links=links_of(item.dossier),
    )


def links_of(body: Dossier) -> tuple[tuple[str, ...], ...]:
    """The files that come with a dossier, as a part of its command."""
    return tuple((link.url, link.name, link.paper) for link in body.links)


def _applicant(who: Applicant) -> PartyDraft:
    return PartyDraft(
        name=who.name,
        kind=who.kind,
        papers=tuple(PaperDraft(paper.kind, paper.number, paper.issued_on) for paper in who.papers),
        born_on=who.born_on,
        sex=who.sex,
        address=who.address,
        phone=who.phone,
        email=who.email,
        channel=who.channel,
    )


def _particulars(body: Dossier) -> dict[str, Any]:
    """What the electronic form said, and the number of copies for the fees that acceptance will charge."""
    form: Mapping[str, Any] = {"form": body.form} if body.form else {}
    return {**form, "quantity": body.quantity}
