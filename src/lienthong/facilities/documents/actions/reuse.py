"""Using a paper again that the person has already given (M28)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.documents import access, rules
from lienthong.facilities.documents.enums import ScanState
from lienthong.facilities.documents.models import Attachment
from lienthong.lib.text import fold


def reuse_attachment(
    *,
    actor: Actor,
    key: UUID,
    attachment_id: int,
    case_id: int,
    party_id: int,
    paper: str,
    at: datetime | None = None,
) -> int:
    """Put a paper of the same person into another case, with its origin; returns the new attachment's id.

    `party_id` is the person of the receiving case. Five statements. Raises Refused, NotFound.
    """
    paper = rules.cleaned_paper(paper)
    refusal = rules.why_not_attach(actor) or rules.why_not_paper(paper)
    if refusal:
        raise Refused.because(refusal, status=403 if refusal.code == "document.no_duty" else 422)
    at = at or now()
    with transaction.atomic():
        kept = access.files_in_case(actor, case_id)
        source = access.find_attachment(actor, attachment_id)
        body = {"source": attachment_id, "case": case_id, "party": party_id, "paper": paper}
        former = begin_command(key, "document.reuse", body, actor)
        if former is not None:
            return int(former)
        _demand_usable(source, party_id, kept)
        added = Attachment.objects.create(
            case_id=case_id,
            party_id=party_id,
            file_id=source.file_id,
            paper=paper,
            paper_key=fold(paper)[:300],
            file_name=source.file_name,
            reused_from=source,
            post_id=actor.post_id,
            added_at=at,
        )
        _tell(added, source, actor, key, at)
    return added.pk


def _tell(added: Attachment, source: Attachment, actor: Actor, key: UUID, at: datetime) -> None:
    record(
        "document.reused",
        subject=Subject("attachment", added.pk, added.case_id),
        actor=actor,
        at=at,
        data={"source_attachment": source.pk, "source_case": source.case_id},
        particulars={"paper": added.paper, "file_name": source.file_name},
        closes=(key, added.pk),
    )


def _demand_usable(source: Attachment, party_id: int, kept: int) -> None:
    if source.withdrawn_at is not None:
        raise NotFound
    refusal = rules.why_not_reuse(source.party_id, party_id) or rules.why_not_one_more(kept)
    if source.file.scan_state == ScanState.INFECTED:
        refusal = rules.infected()
    if refusal:
        raise Refused.because(refusal)
