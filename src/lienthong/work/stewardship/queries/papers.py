"""What the steward's papers carry, from the rows that were kept."""

from datetime import datetime

from lienthong.core.journal.queries import sentence_of
from lienthong.facilities.documents.values import DelegatedAct, DelegatedActs, Letterhead, from_json
from lienthong.facilities.documents.values import Form as AnyForm
from lienthong.lib.calendar.days import VIETNAM
from lienthong.people.organisation.queries import unit_by_id
from lienthong.work.stewardship.models import DelegationReport, RegulationDraft
from lienthong.work.stewardship.queries.unit_work import sides_of


def report_paper(report: DelegationReport) -> DelegatedActs:
    """The report on delegated acts of a period. Two statements."""
    made_on = report.produced_at.astimezone(VIETNAM).date()
    unit = unit_by_id(report.unit_id, made_on)
    number, grantor, grantee = sides_of(report.delegation_id)
    return DelegatedActs(
        letterhead=Letterhead(
            parent_name=None,
            agency_name=f"ỦY BAN NHÂN DÂN {unit.name.upper()}",
            place=unit.short_name,
            number=None,
            issued_on=made_on,
        ),
        number=number,
        grantor=grantor,
        grantee=grantee,
        first_on=report.first_on,
        last_on=report.last_on,
        acts=tuple(
            DelegatedAct(
                code=row["code"], act=sentence_of(row["act"], {}), done_at=datetime.fromisoformat(row["at"])
            )
            for row in report.rows
        ),
    )


def regulation_paper(regulation: RegulationDraft) -> AnyForm:
    """The draft regulation as it was kept. No statement."""
    return from_json(regulation.content)
