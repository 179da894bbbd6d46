"""Taking a paper out of a case: the row and the file stay."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lienthong.core.journal.actions import begin_command, finish_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.documents import access, rules
from lienthong.facilities.documents.models import Attachment


def withdraw_attachment(
    *, actor: Actor, key: UUID, attachment_id: int, reason: str, at: datetime | None = None
) -> None:
    """Mark a paper as taken out, with the reason. Five statements. Raises Refused, NotFound."""
    refusal = rules.why_not_attach(actor)
    if refusal:
        raise Refused.because(refusal, status=403)
    at = at or now()
    with transaction.atomic():
        paper = access.find_attachment(actor, attachment_id, lock=True)
        body = {"attachment": attachment_id, "reason": reason}
        if begin_command(key, "document.withdraw", body, actor) is not None:
            return
        refusal = rules.why_not_withdraw(reason, paper.withdrawn_at is not None)
        if refusal:
            raise Refused.because(refusal)
        Attachment.objects.filter(pk=paper.pk, withdrawn_at=None).update(withdrawn_at=at)
        record(
            "document.withdrawn",
            subject=Subject("attachment", paper.pk, paper.case_id),
            actor=actor,
            at=at,
            particulars={"paper": paper.paper, "file_name": paper.file_name, "reason": reason.strip()},
        )
        finish_command(key, actor, paper.pk)
