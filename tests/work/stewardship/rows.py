"""What the tests of the steward share: findings as the proof would tell them, a delegation, one row of each."""

from datetime import date, timedelta
from uuid import uuid4

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.queries import now, today
from lienthong.mandate.competence.actions import delegate
from lienthong.mandate.competence.models import Delegation
from lienthong.mandate.competence.values import NEVER, Found
from lienthong.work.stewardship.actions.keeping import keep_findings
from lienthong.work.stewardship.actions.regulation import draw_regulation
from lienthong.work.stewardship.models import DelegationReport, Finding
from lienthong.work.stewardship.rules.noting import noted
from lienthong.work.stewardship.values import Changed
from tests.cast import Cast

FIELD = "Thử nghiệm kiểm tra"
TASK = "1.001193"


def gap(
    unit_id: int | None, *tasks: str, since: int = 739_900, until: int = NEVER, code: str = "no_rule"
) -> Found:
    """A gap in a unit."""
    return Found("gap", code, unit_id, f"field:{FIELD}", tasks, since, until, "add_rule")


def kept(*found: Found) -> Changed:
    """These findings and no others are kept."""
    with entered(SYSTEM):
        return keep_findings(noted(found, {"T1": FIELD, TASK: FIELD}), now())


def delegated(
    cast: Cast, *, begins: date | None = None, months: int | None = 1, to: Actor | None = None
) -> int:
    """The Chair of Tân Hưng lets the director of its centre approve the procedure of the tests."""
    begins = begins or today() - timedelta(days=40)
    with entered(cast.chair):
        return delegate(
            actor=cast.chair,
            key=uuid4(),
            unit_id=cast.chair.unit_id or 0,
            grantor_post_id=cast.chair.acting_post,
            grantee_post_id=(to or cast.head).acting_post,
            task_codes=[TASK],
            acts=["approve"],
            valid_from=begins,
            valid_to=begins + timedelta(days=300),
            number=f"12/QĐ-UQ {begins:%d%m%Y}",
            signed_on=begins,
            report_months=months,
        )


def of_the_steward(cast: Cast) -> dict[str, int]:
    """A finding, a draft regulation and a report of Tân Hưng."""
    kept(gap(cast.chair.unit_id, TASK))
    delegation_id = delegated(cast)
    with entered(cast.chair):
        regulation_id = draw_regulation(actor=cast.chair, key=uuid4(), unit_code="", on=today())
    with entered(SYSTEM):
        report = DelegationReport.objects.create(
            delegation=Delegation.objects.get(pk=delegation_id),
            unit_id=cast.chair.unit_id or 0,
            first_on=today() - timedelta(days=30),
            last_on=today() - timedelta(days=1),
            acts=0,
            produced_at=now(),
        )
        finding = Finding.objects.get(unit_id=cast.chair.unit_id, gone_at=None)
    return {"finding_id": finding.pk, "regulation_id": regulation_id, "report_id": report.pk}
