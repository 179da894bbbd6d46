"""What every act on a dossier has in common: the key, the lock, the refusals, the journal row."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lienthong.core.journal.actions import former_result, mark_of, recording
from lienthong.core.journal.queries import last_act
from lienthong.core.journal.values import Subject
from lienthong.core.lifecycle.rules import why_not
from lienthong.core.registry.values import NotFound, Refusal, Refused
from lienthong.core.scope.queries import ask
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.actions.opening import move_case, saving
from lienthong.facilities.documents.actions import issue_form
from lienthong.facilities.documents.enums import FormKind
from lienthong.facilities.documents.values import Form
from lienthong.lib.dates import format_moment
from lienthong.mandate.competence.enums import DelegableAct
from lienthong.mandate.competence.queries import warrant_of, warrants_for
from lienthong.mandate.competence.values import Warrant
from lienthong.people.identity.enums import Duty
from lienthong.people.organisation.queries import holder_of
from lienthong.work.dossiers.access import taken_and_locked
from lienthong.work.dossiers.enums import DossierState
from lienthong.work.dossiers.models import Dossier
from lienthong.work.dossiers.rules import (
    LIFECYCLE,
    WARRANTED_VERBS,
    by_paper,
    why_not_duty,
    why_not_here,
    why_not_holder,
    why_not_stale,
)

if TYPE_CHECKING:
    from django.db.models import Field

    from lienthong.facilities.casework.models import Case


# Refusals that are of who asks, not of where the matter stands.
FORBIDDEN = ("dossier.other", "competence.")


@dataclass(slots=True)
class Step:
    """One act under way: the locked rows, the one `now`, and what it has changed so far."""

    actor: Actor
    verb: str
    key: UUID
    dossier: Dossier
    at: datetime
    paper: Warrant | Refusal | None = None
    _changed: set[str] = field(default_factory=set)

    @property
    def case(self) -> "Case":
        """The dossier's case, locked."""
        return self.dossier.case

    def move(self, state: str | None = None, *, holder_id: int | None = None) -> None:
        """Go to the verb's state (or the one named), and to another holder where one is given."""
        target = state or _target(self.verb, self.case.state)
        move_case(self.case, state=target, holder_id=holder_id, at=self.at)

    def note(self, **values: Any) -> None:
        """Set columns of the dossier; they are saved with the act."""
        for name, value in values.items():
            setattr(self.dossier, name, value)
        self._changed |= set(values)

    def warrant(self, act: DelegableAct) -> Warrant:
        """By what right the actor does this act of the task now. Raises Refused where by none. At most one statement."""
        found = self.paper if act == DelegableAct.APPROVE and self.paper else None
        found = found or _warrant(self.actor, self.dossier, act, self.at)
        if isinstance(found, Refusal):
            raise Refused.because(found, status=403)
        return found

    def issue(self, form: FormKind, content: Form, *, unit_id: int, number: str = "") -> int:
        """Freeze a paper of this act; returns its id. One statement."""
        return issue_form(
            actor=self.actor,
            case_id=self.case.pk,
            unit_id=unit_id,
            form=form,
            content=content,
            number=number,
            at=self.at,
        )

    def end(
        self,
        event: str,
        *,
        data: Mapping[str, Any] | None = None,
        particulars: Mapping[str, Any] | None = None,
        result: Any = None,
    ) -> None:
        """Save, journal, and keep the command's result. One statement."""
        moved, saved = saving(self.case)
        parts, told = recording(
            event,
            subject=Subject("dossier", self.dossier.pk, self.dossier.pk),
            actor=self.actor,
            at=self.at,
            data={"state": self.case.state, **(data or {})},
            particulars=particulars,
            closes=(self.key, result if result is not None else self.dossier.pk),
        )
        noted, values = self._noted()
        written = ask(
            f"WITH {', '.join([moved, *noted, *parts])} SELECT (SELECT count(*) FROM moved), id FROM entry",
            saved | values | told,
        )
        if written[0][0] != 1:
            raise LookupError(f"case {self.dossier.pk} was not saved")

    def _noted(self) -> tuple[list[str], dict[str, Any]]:
        """The dossier's own changed columns, as part of the act's one statement."""
        if not self._changed:
            return [], {}
        fields = [field for field in self.dossier._meta.concrete_fields if field.name in self._changed]
        columns = ", ".join(f"{field.column} = %(noted_{field.name})s{_cast(field)}" for field in fields)
        values = {f"noted_{field.name}": _stored(field, self.dossier) for field in fields}
        return [f"noted AS (UPDATE dossiers_dossier SET {columns} WHERE case_id = %(id)s::bigint)"], values


def begin_step(
    *,
    actor: Actor,
    verb: str,
    dossier_id: int,
    key: UUID,
    body: Mapping[str, Any] | None = None,
    version: int | None = None,
    lifecycle: bool = True,
) -> tuple[Step | None, Any]:
    """Take the key, lock the dossier, and refuse what is not possible. (None, first result) on a repeat.

    `version` is the one that the officer's page showed. One statement (two on a repeat). Raises Refused,
    NotFound.
    """
    name = f"dossier.{verb}"
    mark = mark_of(name, {"dossier": dossier_id, **(body or {})})
    dossier = taken_and_locked(actor, dossier_id, key=key, verb=name, mark=mark)
    if dossier is None:
        former = former_result(key, mark, actor)
        if former is not None:
            return None, former
        raise NotFound
    at = now()
    paper = paper_of(actor, verb, dossier, at)
    for refusal in refusals(actor, verb, dossier, lifecycle=lifecycle, paper=paper):
        if version is not None and version != dossier.case.version:
            break
        raise Refused.because(refusal, status=403 if refusal.code.startswith(FORBIDDEN) else 409)
    _refuse_stale(dossier, version)
    return Step(actor=actor, verb=verb, key=key, dossier=dossier, at=at, paper=paper), None


def paper_of(actor: Actor, verb: str, dossier: Dossier, at: datetime) -> Warrant | Refusal | None:
    """What the register says to whoever has not the leader's duty, and may be a delegate; None: not asked.

    None for leaders, in other states, and in other units, without a statement; else one, three where it refuses.
    """
    return (
        _warrant(actor, dossier, DelegableAct.APPROVE, at) if _may_be_delegate(actor, verb, dossier) else None
    )


def warranted(actor: Actor, verb: str, dossier: Dossier, at: datetime) -> Warrant | None:
    """As `paper_of`, for a page that asks only whether: at most one statement."""
    if not _may_be_delegate(actor, verb, dossier):
        return None
    found = warrants_for(*_asked_of(dossier), DelegableAct.APPROVE, at)
    mine = (actor.post_id, actor.person_id)
    return next((one for one in found if (one.post_id, one.person_id) == mine), None)


def refusals(
    actor: Actor,
    verb: str,
    dossier: Dossier,
    *,
    lifecycle: bool = True,
    paper: Warrant | Refusal | None = None,
) -> list[Refusal]:
    """Why this verb is not possible now for this actor: the same list for the button and for the POST.

    `paper`: see `paper_of`.
    """
    case = dossier.case
    found = [
        by_paper(why_not(LIFECYCLE, verb, case.state, actor), verb, paper) if lifecycle else None,
        why_not_duty(verb, actor),
        None
        if actor.reach == "system"
        else why_not_here(
            verb,
            acting_unit=actor.unit_id,
            responsible=case.responsible_unit_id,
            receiving=case.receiving_unit_id,
            returning=dossier.returning_unit_id,
        ),
        None
        if actor.reach == "system"
        else why_not_holder(
            verb,
            post_id=actor.post_id,
            body_id=actor.body_id,
            holder_id=case.holder_id,
            case_body_id=case.body_id,
        ),
    ]
    return [refusal for refusal in found if refusal]


def _may_be_delegate(actor: Actor, verb: str, dossier: Dossier) -> bool:
    case = dossier.case
    return (
        verb in WARRANTED_VERBS
        and case.state == DossierState.AWAITING_APPROVAL
        and actor.unit_id == case.responsible_unit_id
        and actor.post_id is not None
        and not actor.may(Duty.APPROVAL)
    )


def _warrant(actor: Actor, dossier: Dossier, act: DelegableAct, at: datetime) -> Warrant | Refusal:
    return warrant_of(actor.post_id, actor.person_id, *_asked_of(dossier), act, at)


def _asked_of(dossier: Dossier) -> tuple[str, int]:
    return dossier.terms["procedure_code"], dossier.case.responsible_unit_id


def _refuse_stale(dossier: Dossier, version: int | None) -> None:
    if version is None or version == dossier.case.version:
        return
    line = last_act(dossier.pk)
    who = holder_of(line.post_id, now()) if line and line.post_id else None
    name = f"{who.name} ({who.post_title})" if who else "hệ thống"
    told = f"{name} – {line.sentence}, lúc {format_moment(line.at)}" if line else "tải lại trang"
    refusal = why_not_stale(version, dossier.case.version, told)
    if refusal:
        raise Refused.because(refusal)


def _cast(field: "Field[Any, Any]") -> str:
    return "::jsonb" if field.get_internal_type() == "JSONField" else ""


def _stored(field: "Field[Any, Any]", dossier: Dossier) -> Any:
    value = getattr(dossier, field.attname)
    is_json = field.get_internal_type() == "JSONField" and value is not None
    return json.dumps(value, ensure_ascii=False) if is_json else value


def _target(verb: str, state: str) -> str:
    step = LIFECYCLE.transition(verb, state)
    if step is None:
        raise LookupError(f"{verb} from {state}")
    return step.to_state
