"""How a certification is brought to where a test begins, through the real actions."""

from datetime import date, timedelta
from uuid import uuid4

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import today
from lienthong.mandate.competence.actions import delegate
from lienthong.people.parties.values import PaperDraft, PartyDraft
from lienthong.work.certification.actions import receive_certification, sign_certification
from lienthong.work.certification.values import Attested, CertificationRequest, ItemDraft, Received

COPY, SIGNATURE, LAND = "2.000815", "2.000884", "2.001035"


def request(
    *items: ItemDraft, task: str = COPY, number: str = "079190000123", **more: str
) -> CertificationRequest:
    """A counter's request of a fictitious citizen; without items one diploma of five pages, two copies."""
    return CertificationRequest(
        task_code=task,
        applicant=PartyDraft(
            name=f"Công dân {number[-4:]}",
            papers=(PaperDraft("citizen_card", number),),
            address="Số 1, Khu phố 1",
        ),
        items=items or (ItemDraft("Bằng tốt nghiệp đại học", "Trường Đại học X", pages=5, copies=2),),
        **more,
    )


def received(actor: Actor, wanted: CertificationRequest | None = None) -> Received:
    """A request just received at the actor's counter."""
    with entered(actor):
        return receive_certification(actor=actor, key=uuid4(), request=wanted or request())


def signed(actor: Actor, certification_id: int) -> Attested:
    """The same signed by the actor."""
    with entered(actor):
        return sign_certification(actor=actor, key=uuid4(), certification_id=certification_id)


def delegated(chair: Actor, to: Actor, *, tasks: tuple[str, ...] = (COPY,), until: date | None = None) -> int:
    """The Chair lets an officer of the unit sign, from yesterday to a day."""
    since = today() - timedelta(days=1)
    with entered(chair):
        return delegate(
            actor=chair,
            key=uuid4(),
            unit_id=chair.unit_id or 0,
            grantor_post_id=chair.acting_post,
            grantee_post_id=to.acting_post,
            task_codes=tasks,
            acts=("sign",),
            valid_from=since,
            valid_to=until or since + timedelta(days=40),
            number="12/QĐ-UBND",
            signed_on=since,
        )
