"""What the API says of dossiers: states by the ten national codes, dates, dues; no personal data but at a desk."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from lienthong.core.journal.queries import entries_after
from lienthong.core.journal.values import Happened
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.actions import entered
from lienthong.core.scope.queries import present_register
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.facilities.casework.queries import standing_of_case
from lienthong.facilities.casework.values import Filter, WorkRow
from lienthong.facilities.exchange.access import linked_among
from lienthong.facilities.exchange.actions.telling import event_of
from lienthong.facilities.exchange.values import TELLERS, ClientPass, LinkedCase
from lienthong.facilities.fees.queries import dues_of
from lienthong.lib.calendar.days import VIETNAM
from lienthong.mandate.competence.enums import Finding
from lienthong.mandate.competence.queries.office import find_task, office_answer
from lienthong.mandate.competence.values import Link
from lienthong.people.organisation.queries import unit_by_code, unit_code_of
from lienthong.work.dossiers.queries import KIND, NATIONAL, find_dossier, history_of, keyset_mark, worklist
from lienthong.work.dossiers.values import Lodged

MOST_LINES = 100
# How many entries of the journal are looked through in one request for changes.
WINDOW = 2_000


def status_of(state: str) -> dict[str, str]:
    """One of the ten words of the national portal."""
    word = NATIONAL[state]
    return {"code": word.value, "label": str(word.label)}


def lodged_of(lodged: Lodged, external_code: str) -> dict[str, Any]:
    """What whoever lodged a dossier gets back."""
    return {
        "code": lodged.code,
        "external_code": external_code,
        "status": status_of(lodged.state),
        "unit_code": lodged.unit_code,
        "due_at": _moment(lodged.due_at),
        "lookup_token": lodged.lookup_token,
    }


def dossier_status(actor: Actor, linked: LinkedCase) -> dict[str, Any]:
    """Where a dossier of the client's own stands. Three statements. Raises NotFound."""
    dossier = find_dossier(actor, linked.case_id)
    case = dossier.case
    return {
        "code": case.code,
        "external_code": linked.external_code,
        "status": status_of(case.state),
        "unit_code": _unit_code(case.responsible_unit_id),
        "procedure": case.title,
        "received_at": _moment(case.opened_at),
        "promised_at": _moment(case.promised_at),
        "due_at": _moment(case.due_at),
        "closed_at": _moment(case.closed_at),
        "extensions": case.extensions,
        "lacks": _lacks(dossier.pk),
        "fees": fees_of(dossier.pk),
        "result_number": dossier.result_number,
        "returned_at": _moment(dossier.returned_at),
    }


def acted_of(actor: Actor, linked: LinkedCase) -> dict[str, Any]:
    """Where a dossier stands after an act. One statement."""
    case = find_dossier(actor, linked.case_id).case
    return {"code": case.code, "status": status_of(case.state), "due_at": _moment(case.due_at)}


def fees_of(case_id: int) -> dict[str, int]:
    """What is due, paid and open, in đồng. One statement."""
    dues = dues_of(case_id)
    return {"due": dues.due, "paid": dues.paid, "open": dues.open}


def worklist_page(actor: Actor, wanted: Filter, at: datetime) -> dict[str, Any]:
    """A page of an officer's worklist. One statement."""
    rows = worklist(actor, wanted, at)
    shown = rows[: wanted.limit]
    more = keyset_mark(shown[-1]) if len(rows) > wanted.limit else ""
    return {"items": [_work_line(row) for row in shown], "next": more}


def standing_of(dossier_id: int) -> dict[str, Any]:
    """Where a dossier stands that the officer has just acted on. One statement."""
    state, version = standing_of_case(dossier_id)
    return {"id": dossier_id, "state": state, "version": version}


def changes_page(client: ClientPass, after: str, limit: int) -> dict[str, Any]:
    """What has changed in the client's own dossiers since a mark, as the webhook would tell it.

    The journal is read in the system's scope, because the dossiers lie in many units; only those that the
    client lodged are told. A window of the journal a request: a page may be empty and yet have `more`.
    """
    xid, _, entry_id = after.partition(".")
    items: list[dict[str, Any]] = []
    with entered(SYSTEM):
        window = entries_after(int(xid or 0), int(entry_id or 0), WINDOW)
        linked = linked_among(client.client_id, {entry.case_id for entry in window if entry.case_id})
        for entry in window:
            found = linked.get(entry.case_id or 0)
            change = _change(entry, found) if found and client.reaches(found.receiving_unit_id) else None
            after = f"{entry.xid}.{entry.id}"
            items += [change] if change else []
            if len(items) == limit:
                break
    return {"items": items, "next": after, "more": len(items) == limit or len(window) == WINDOW}


def _unit_code(unit_id: int) -> str:
    """A unit's code, which never changes; of a merged one too (its ended dossiers stay where they are)."""
    return present_register().kept(("api.unit_code", unit_id), lambda: unit_code_of(unit_id))


def _change(entry: Happened, linked: LinkedCase) -> dict[str, Any] | None:
    tell = TELLERS.by_kind.get(KIND)
    data = tell(linked.case_id, entry) if tell else None
    if data is None:
        return None
    named = {"code": linked.code, "external_code": linked.external_code}
    told = event_of(entry, linked.code, {**named, **data})
    return {name: told[name] for name in ("id", "type", "time", "data")}


def _work_line(row: WorkRow) -> Mapping[str, Any]:
    return {
        "id": row.id,
        "code": row.code,
        "state": row.state,
        "status": status_of(row.state),
        "title": row.title,
        "applicant": row.subject_name,
        "due_at": _moment(row.due_at),
        "remaining_minutes": row.remaining,
        "opened_at": _moment(row.opened_at),
    }


def _lacks(dossier_id: int) -> list[dict[str, str]]:
    """What the open supplement request asks for."""
    asked = [line for line in history_of(dossier_id).supplements if line.answered_at is None]
    return [{"what": lack["what"], "basis": lack["basis"]} for line in asked[-1:] for lack in line.lacks]


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(VIETNAM).isoformat() if moment else None


def who_answers(task: str, unit_code: str, on: date) -> dict[str, Any]:
    """Who is responsible for a task in a unit on a day, in posts and offices. Raises NotFound for the unit."""
    unit = unit_by_code(unit_code, on)
    told = office_answer(task, unit.id, on)
    return {
        "task": task,
        "task_name": _task_name(task, on),
        "day": on.isoformat(),
        "unit_code": unit_code,
        "unit": told.unit,
        "body": told.body,
        "post": told.post,
        "held": told.held,
        "leader": told.leader,
        "leader_held": told.leader_held,
        "signs": [asdict(row) for row in told.signatories],
        "chain": [_ground(link) for link in told.chain],
        "finding": {"code": told.finding, "label": str(Finding(told.finding).label)}
        if told.finding
        else None,
    }


def _task_name(code: str, on: date) -> str:
    try:
        return find_task(code, on).name
    except NotFound:
        return ""


def _ground(link: Link) -> dict[str, Any]:
    return {**asdict(link), "valid_from": link.valid_from or None, "valid_to": link.valid_to or None}
