"""The papers of a signature and of a closed month: frozen with the act; each PDF is drawn from what was frozen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from lienthong.core.scope.values import Actor
from lienthong.facilities.documents.access import find_form
from lienthong.facilities.documents.actions import issue_form
from lienthong.facilities.documents.enums import FormKind
from lienthong.facilities.documents.queries import forms_of_case
from lienthong.facilities.documents.values import AttestationSheet, Attested, Signature, from_json
from lienthong.mandate.competence.values import Warrant
from lienthong.people.organisation.values import UnitCard
from lienthong.people.parties.enums import PaperKind
from lienthong.people.parties.values import PaperDraft
from lienthong.work.certification.models import Certification, CertifiedItem
from lienthong.work.certification.queries import head_of, items_of
from lienthong.work.certification.values import BookNumber, SignedAs


@dataclass(frozen=True, slots=True)
class Signing:
    """What the paper of a signature says besides the documents: who signs, by what right, when, for how much."""

    unit: UnitCard
    warrant: Warrant
    signed: SignedAs
    at: datetime
    fee: int
    paper: PaperDraft | None


def freeze_attestation(
    actor: Actor,
    certification: Certification,
    signing: Signing,
    items: Sequence[CertifiedItem],
    numbers: Sequence[BookNumber],
) -> int:
    """Freeze the texts, one for each number; the form's id. One statement."""
    sheet = AttestationSheet(
        letterhead=head_of(signing.unit, signing.at),
        kind=certification.act,  # type: ignore[arg-type]
        code=certification.case.code,
        book=f"{certification.book} năm {signing.at.year}",
        place=f"Ủy ban nhân dân {signing.unit.name}",
        attested_at=signing.at,
        items=tuple(
            _attested(certification, signing, item, number)
            for item, number in zip(items, numbers, strict=True)
        ),
        signature=Signature(
            title=signing.signed.title,
            on_behalf=signing.signed.on_behalf or None,
            name=signing.signed.name or None,
        ),
        capacity_text=_by_paper(signing.warrant),
        fee=signing.fee,
    )
    return _issue(actor, certification, sheet, signing.at)


def freeze_renumbered(actor: Actor, certification: Certification, at: datetime) -> int:
    """The same texts with the numbers now in use; who signed and when stays. The form's id. Five statements."""
    line = [one for one in forms_of_case(certification.pk) if one.form == FormKind.ATTESTATION][-1]
    sheet = from_json(find_form(actor, line.id).content)
    if not isinstance(sheet, AttestationSheet):
        raise TypeError(type(sheet))
    year = sheet.attested_at.year
    texts = tuple(
        replace(text, number=_number(item.number, year))
        for text, item in zip(sheet.items, items_of(certification.pk), strict=True)
        if item.number
    )
    return _issue(actor, certification, replace(sheet, items=texts), at)


def _issue(actor: Actor, certification: Certification, sheet: AttestationSheet, at: datetime) -> int:
    return issue_form(
        actor=actor,
        case_id=certification.pk,
        unit_id=certification.case.responsible_unit_id,
        form=FormKind.ATTESTATION,
        content=sheet,
        number=certification.case.code,
        at=at,
    )


def _attested(
    certification: Certification, signing: Signing, item: CertifiedItem, number: BookNumber
) -> Attested:
    paper = signing.paper if not item.signer else None
    return Attested(
        number=_number(number, signing.at.year),
        document=item.document_name,
        issuer=item.issuer or None,
        pages=item.pages,
        copies=item.copies,
        person_name=item.signer or certification.case.subject_name,
        person_paper=f"{PaperKind(paper.kind).label}: {paper.number}" if paper else None,
    )


def _number(number: BookNumber, year: int) -> str:
    """The number in the book of the sheet; one of a later year's book says which."""
    return f"{number.number:02d}" if number.year == year else f"{number.number:02d} (sổ năm {number.year})"


def _by_paper(warrant: Warrant) -> str | None:
    """By which paper a delegate signs."""
    papers = [link for link in warrant.chain if link.kind == "delegation"]
    return _("theo văn bản ủy quyền số %(number)s") % {"number": papers[-1].text} if papers else None
