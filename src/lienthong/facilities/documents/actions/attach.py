"""Putting a paper into a case."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from lienthong.core.journal.actions import begin_command, finish_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.documents import access, rules
from lienthong.facilities.documents.actions.scan import Verdict, scan
from lienthong.facilities.documents.actions.store import Incoming, Upload, keep, log, quarantine, taken_in
from lienthong.facilities.documents.enums import ScanState
from lienthong.facilities.documents.models import Attachment
from lienthong.facilities.documents.queries import quarantine_path
from lienthong.lib.text import fold

# The same bytes are kept once. A verdict is never softened by a later upload of the same bytes.
_FILE = """
INSERT INTO documents_storedfile (sha256, size, media_type, scan_state, scan_note)
VALUES (%(sha256)s, %(size)s, %(media_type)s, %(state)s, %(note)s)
ON CONFLICT (sha256) DO UPDATE SET
  scan_state = CASE WHEN documents_storedfile.scan_state = 'not_scanned' THEN excluded.scan_state
                    ELSE documents_storedfile.scan_state END,
  scan_note = CASE WHEN documents_storedfile.scan_state = 'not_scanned' THEN excluded.scan_note
                   ELSE documents_storedfile.scan_note END
RETURNING id, scan_state
"""


def attach_file(
    *,
    actor: Actor,
    key: UUID,
    case_id: int,
    party_id: int | None,
    paper: str,
    upload: Upload,
    name: str,
    at: datetime | None = None,
) -> int:
    """Keep an uploaded file as a paper of a case; returns the attachment's id. Six statements.

    Raises Refused (forbidden, encrypted, empty, too large, infected …; nothing is kept) and NotFound.
    """
    name, paper, at = rules.cleaned_name(name), rules.cleaned_paper(paper), at or now()
    refusal = rules.why_not_attach(actor) or rules.why_not_paper(paper)
    if refusal:
        raise Refused.because(refusal, status=403 if refusal.code == "document.no_duty" else 422)
    with transaction.atomic():
        kept = access.files_in_case(actor, case_id)
        with taken_in(upload, name) as incoming:
            body = {"case": case_id, "party": party_id, "paper": paper, "name": name, "file": incoming.sha256}
            former = begin_command(key, "document.attach", body, actor)
            if former is not None:
                return int(former)
            file_id, state = _kept(incoming, name, kept)
        added = Attachment.objects.create(
            case_id=case_id,
            party_id=party_id,
            file_id=file_id,
            paper=paper,
            paper_key=fold(paper)[:300],
            file_name=name,
            post_id=actor.post_id,
            added_at=at,
        )
        _tell(added, incoming, state, actor, at)
        finish_command(key, actor, added.pk)
    return added.pk


def _kept(incoming: Incoming, name: str, kept: int) -> tuple[int, str]:
    """The stored file's id and scan state. Raises Refused."""
    refusal = rules.why_not_one_more(kept) or rules.why_not_keep(incoming.file, incoming.size, name)
    if refusal:
        raise Refused.because(refusal, status=422)
    kind = rules.read_kind(incoming.file)
    verdict = _scanned(incoming)
    keep(incoming)
    with connection.cursor() as cursor:
        cursor.execute(
            _FILE,
            {
                "sha256": incoming.sha256,
                "size": incoming.size,
                "media_type": kind.media_type if kind else "",
                "state": verdict.state,
                "note": verdict.note[:200],
            },
        )
        file_id, state = cursor.fetchone()
    return int(file_id), str(state)


def _scanned(incoming: Incoming) -> Verdict:
    """The verdict on what came. What is infected goes to quarantine; raises Refused then."""
    known = quarantine_path(incoming.sha256).exists()
    verdict = Verdict(ScanState.INFECTED) if known else scan(incoming.path)
    if verdict.state == ScanState.INFECTED:
        log.warning("infected upload %s refused: %s", incoming.sha256, verdict.note)
        quarantine(incoming.path, incoming.sha256)
        raise Refused.because(rules.infected(), status=422)
    return verdict


def _tell(added: Attachment, incoming: Incoming, state: str, actor: Actor, at: datetime) -> None:
    kind = added.file_name.rpartition(".")[2].upper()
    record(
        "document.attached",
        subject=Subject("attachment", added.pk, added.case_id),
        actor=actor,
        at=at,
        data={
            "kind": kind,
            "size_kb": max(1, incoming.size // 1024),
            "scan": str(ScanState(state).label),
            "sha256": incoming.sha256,
        },
        particulars={"paper": added.paper, "file_name": added.file_name},
    )
