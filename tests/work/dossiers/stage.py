"""How a dossier is brought to where a test begins, through the real actions."""

from uuid import uuid4

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import today
from lienthong.mandate.procedures.queries import effective_terms
from lienthong.people.parties.values import PaperDraft, PartyDraft
from lienthong.work.dossiers.actions.receive import receive_dossier
from lienthong.work.dossiers.values import GivenPaper, Intake, Received

# Đăng ký thành lập hộ kinh doanh would not do (no time stated); this one's terms are set by the demonstration.
PROCEDURE = "1.001193"


def intake(number: str = "079190000123", procedure: str = PROCEDURE, **changes: object) -> Intake:
    """A counter's intake of a fictitious citizen."""
    terms = effective_terms(procedure, "27475", today())
    assert terms is not None
    values: dict[str, object] = {
        "procedure_code": procedure,
        "applicant": PartyDraft(
            name=f"Công dân {number[-4:]}",
            papers=(PaperDraft("citizen_card", number),),
            address="Số 1, Khu phố 1",
            phone="0900000123",
        ),
        "papers": tuple(
            GivenPaper(p.name, p.originals, p.copies, p.originals, p.copies) for p in terms.papers or ()
        ),
    }
    return Intake(**{**values, **changes})  # type: ignore[arg-type]


def received(actor: Actor, **changes: object) -> Received:
    """A dossier just received at the actor's counter."""
    with entered(actor):
        return receive_dossier(actor=actor, key=uuid4(), intake=intake(**changes))  # type: ignore[arg-type]
