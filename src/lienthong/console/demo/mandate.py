"""Who signs in the demonstration: each unit's Chair delegates certification, and some certifications are done under it."""

from datetime import date, datetime, timedelta

from django.db import transaction

from lienthong.console.demo.crew import Crew
from lienthong.console.demo.ground import START, key_of
from lienthong.console.demo.play import citizen
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.core.workdays.queries import calendar_for
from lienthong.facilities.fees.queries import heading_at
from lienthong.mandate.competence.actions import delegate
from lienthong.mandate.competence.enums import ConditionKind, DelegableAct
from lienthong.people.organisation.enums import BodyKind
from lienthong.people.organisation.queries import bodies_of
from lienthong.work.certification.actions import attest_at_once
from lienthong.work.certification.values import CertificationRequest, ItemDraft

# Certified copies and signatures: at-once acts, at the counter.
COPY, SIGNATURE = "2.000815", "2.000884"
TASKS = (COPY, SIGNATURE)
# What provinces ask for (HĐND Đà Nẵng 12/8/2025): an example, as the evidence is.
CONDITIONS = (
    {"kind": ConditionKind.DEGREE.value, "text": "Cử nhân luật trở lên", "evidence": "Văn bằng (minh họa)"},
    {
        "kind": ConditionKind.PRACTICE.value,
        "text": "Ít nhất 3 năm công tác pháp luật",
        "amount": 3,
        "evidence": "Quyết định tuyển dụng (minh họa)",
    },
)
REPORT_MONTHS = 3
DOCUMENTS = ("Bằng tốt nghiệp", "Giấy khai sinh", "Giấy ủy quyền (chữ ký)")
FIRST_CITIZEN = 7000


def delegate_certification(crew: Crew, *, number: int, on: date) -> None:
    """The Chair lets the one-stop clerk (every second unit: the justice specialist) sign until 31 December.

    Every third paper asks for reports. Repeated, the same key gives the first result. One transaction.
    """
    grantee, first = _delegate(crew, number, on), max(START, date(on.year, 1, 1))
    with transaction.atomic(), entered(crew.administrator):
        delegate(
            actor=crew.administrator,
            key=key_of(crew.code, "certification", on.year),
            unit_id=crew.unit_id,
            grantor_post_id=crew.chair.acting_post,
            grantee_post_id=grantee.acting_post,
            task_codes=TASKS,
            acts=[DelegableAct.SIGN],
            valid_from=first,
            valid_to=date(on.year + 1, 1, 1),
            number=f"MH-{crew.code}/GUQ-UBND (minh họa)",
            signed_on=first,
            conditions=CONDITIONS,
            report_months=REPORT_MONTHS if number % 3 == 0 else None,
        )


def certify(crew: Crew, *, number: int, now: datetime) -> int:
    """Some certifications under the delegation, each from scan to paper in one act; returns how many there are.

    Only where the clerk at the counter is the delegate. A transaction each; done again, it adds nothing.
    """
    actor = _delegate(crew, number, now.date())
    if actor.post_id != crew.clerk().post_id:
        return 0
    calendar = calendar_for(crew.code)
    for place, document in enumerate(DOCUMENTS):
        moment = calendar.local(now).replace(hour=9, minute=7 + 13 * place, second=0, microsecond=0)
        moment -= timedelta(days=1 + place)
        while not calendar.is_working_day(moment.date()):
            moment -= timedelta(days=1)
        request = _request(number * len(DOCUMENTS) + place, place, document)
        with acting_at(moment), transaction.atomic(), entered(actor):
            attest_at_once(
                actor=actor,
                key=key_of(crew.code, "certified", place),
                request=request,
                heading=heading_at(
                    actor, moment, payer_name=request.applicant.name, code="", procedure=document
                ),
            )
    return len(DOCUMENTS)


def _request(number: int, place: int, document: str) -> CertificationRequest:
    is_signature = document.endswith("(chữ ký)")
    return CertificationRequest(
        task_code=SIGNATURE if is_signature else COPY,
        applicant=citizen(FIRST_CITIZEN + number),
        items=(ItemDraft(document_name=document, pages=1 + place, copies=1 if is_signature else 2),),
    )


def _delegate(crew: Crew, number: int, on: date) -> Actor:
    office = next((body.id for body in bodies_of(crew.unit_id, on) if body.kind == BodyKind.OFFICE), None)
    return crew.specialists(office)[0] if number % 2 else crew.clerk()
