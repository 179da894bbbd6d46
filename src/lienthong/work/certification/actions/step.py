"""What every act on a certification has in common: the key, the lock, the refusals, the journal row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.lifecycle.rules import why_not
from lienthong.core.registry.values import Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.actions.opening import move_case, save_case
from lienthong.work.certification.access import lock_certification
from lienthong.work.certification.models import Certification
from lienthong.work.certification.rules import LIFECYCLE, why_not_here

if TYPE_CHECKING:
    from lienthong.facilities.casework.models import Case

FORBIDDEN = frozenset(
    {"lifecycle.duty", "certification.no_duty", "certification.other_unit", "competence.no_warrant"}
)


@dataclass(slots=True)
class Step:
    """One act under way: the locked rows and the one `now`."""

    actor: Actor
    verb: str
    key: UUID
    certification: Certification
    at: datetime

    @property
    def case(self) -> "Case":
        """The certification's case, locked."""
        return self.certification.case

    def move(self) -> None:
        """Go to the verb's state; the act's end saves it."""
        found = LIFECYCLE.transition(self.verb, self.case.state)
        if found is None:
            raise LookupError(f"{self.verb} from {self.case.state}")
        move_case(self.case, state=found.to_state, at=self.at)

    def note(self, **values: Any) -> None:
        """Set and save columns of the certification. One statement."""
        for name, value in values.items():
            setattr(self.certification, name, value)
        self.certification.save(update_fields=list(values))

    def end(
        self,
        event: str,
        *,
        data: Mapping[str, Any],
        result: Any,
        particulars: Mapping[str, Any] | None = None,
    ) -> None:
        """Save the case, journal, and keep the command's result. Two statements."""
        save_case(self.case)
        record(
            event,
            subject=Subject("certification", self.case.pk, self.case.pk),
            actor=self.actor,
            at=self.at,
            data={"state": self.case.state, "task": self.certification.task_code, **data},
            particulars=particulars,
            closes=(self.key, result),
        )


def begin_step(
    *,
    actor: Actor,
    verb: str,
    certification_id: int,
    key: UUID,
    body: Mapping[str, Any] | None = None,
    lifecycle: bool = True,
) -> tuple[Step | None, Any]:
    """Take the key, lock the certification, and refuse what is not possible. (None, first result) on a repeat.

    Two statements. Raises Refused, NotFound.
    """
    told = {"certification": certification_id, **(body or {})}
    former = begin_command(key, f"certification.{verb}", told, actor)
    if former is not None:
        return None, former
    certification = lock_certification(actor, certification_id)
    demand(*refusals(actor, verb, certification, lifecycle=lifecycle))
    return Step(actor, verb, key, certification, now()), None


def refusals(
    actor: Actor, verb: str, certification: Certification, *, lifecycle: bool = True
) -> list[Refusal | None]:
    """Why this verb is not possible now for this actor: the same list for the button and for the POST."""
    case = certification.case
    return [
        why_not_here(actor, case.responsible_unit_id),
        why_not(LIFECYCLE, verb, case.state, actor) if lifecycle else None,
    ]


def demand(*found: Refusal | None, status: int = 409) -> None:
    """Raise the first refusal, where there is one."""
    refusal = next(filter(None, found), None)
    if refusal:
        raise Refused.because(refusal, status=403 if refusal.code in FORBIDDEN else status)
