"""Loading a table of officers: what is right of it in one transaction, everything else reported."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.lib.table_in import Outcome, Report, Row
from lienthong.people.identity.actions.accounts import create_accounts
from lienthong.people.identity.actions.staffing import START
from lienthong.people.identity.queries import known_of, roll_plans
from lienthong.people.identity.rules import administers
from lienthong.people.identity.values import Known, PersonRef, RowPlan
from lienthong.people.organisation import actions as organisation
from lienthong.people.organisation.values import AppointmentDraft, DetailDraft, PostDraft, UnitCard


@transaction.atomic
def load_roll(
    *,
    actor: Actor,
    key: UUID,
    rows: Sequence[Row],
    units: Sequence[UnitCard],
    own_code: str,
    digest: str,
    open_cases: Mapping[int, int],
    at: datetime | None = None,
) -> Report:
    """Load the rows that are right, and say of every row what became of it. Loading again changes nothing.

    `units` are those the actor administers; `own_code` the unit of a row that names none; `digest` of the file
    is what the key stands for; `open_cases` by unit, because this room does not know of cases.
    """
    moment = at or now()
    if not all(administers(actor, (unit.id, unit.province_id)) for unit in units):
        raise NotFound
    former = begin_command(key, "identity.load_roll", {"digest": digest, "unit": own_code}, actor)
    known = known_of(own_code, units, rows, open_cases, moment.date())
    plans = roll_plans(rows, known)
    report = Report(tuple(plan.line for plan in plans), applied=True)
    if former is not None:
        return report  # it is loaded: every row that was right is now as it says
    _Loading(actor, moment, known).load([plan for plan in plans if not plan.problems])
    data = {outcome.value: report.count(outcome) for outcome in Outcome}
    subject = Subject("unit", actor.unit_id or 0)
    record(
        "identity.roll_loaded", subject=subject, actor=actor, at=moment, data=data, closes=(key, len(plans))
    )
    return report


class _Loading:
    """The writing of one table, unit by unit: few statements a unit, whatever the rows."""

    def __init__(self, actor: Actor, at: datetime, known: Known) -> None:
        self.actor, self.at, self.known = actor, at, known
        self.persons: dict[PersonRef, int] = {}

    def load(self, plans: Sequence[RowPlan]) -> None:
        by_unit: dict[int, list[RowPlan]] = defaultdict(list)
        for plan in plans:
            if plan.notes:
                by_unit[plan.unit_id].append(plan)
        for unit_id, own in by_unit.items():
            self._register(unit_id, own)
            posts = self._posts(unit_id, own)
            self._seats(unit_id, own, posts)
            self._accounts(unit_id, own)
            self._absences(own, posts)
            self._details(unit_id, own)

    def _posts(self, unit_id: int, plans: Sequence[RowPlan]) -> dict[int, int]:
        """The post of each row, by its number; those that are not there yet are set up."""
        posts = {plan.number: plan.post_id for plan in plans if plan.post_id is not None}
        for plan in plans:
            if plan.change and plan.post_id is not None:
                title, rank = plan.change
                organisation.change_post(
                    actor=self.actor, post_id=plan.post_id, title=title, rank=rank, at=self.at
                )
        fresh = [plan for plan in plans if plan.new_post]
        if fresh:
            bodies = self._bodies(unit_id)
            drafts = [_draft(plan, bodies) for plan in fresh]
            ids = organisation.create_posts(
                actor=self.actor, unit_id=unit_id, posts=drafts, starts_on=self.at.date(), at=self.at
            )
            posts |= {plan.number: post for plan, post in zip(fresh, ids, strict=True)}
        return posts

    def _bodies(self, unit_id: int) -> dict[str, int]:
        found = self.known.bodies.get(unit_id) or organisation.found_bodies(
            actor=self.actor, unit_id=unit_id, starts_on=START, at=self.at
        )
        return {body.name: body.id for body in found}

    def _register(self, unit_id: int, plans: Sequence[RowPlan]) -> None:
        names = {
            plan.holder: plan.person
            for plan in plans
            if isinstance(plan.holder, str) and plan.holder not in self.persons
        }
        if names:
            ids = organisation.register_persons(
                actor=self.actor, unit_id=unit_id, names=list(names.values()), at=self.at
            )
            self.persons |= dict(zip(names, ids, strict=True))

    def _seats(self, unit_id: int, plans: Sequence[RowPlan], posts: Mapping[int, int]) -> None:
        for plan in plans:
            if plan.end:
                appointment, day = plan.end
                organisation.end_appointment(
                    actor=self.actor, appointment_id=appointment, ends_on=day, at=self.at
                )
            if plan.note_decision:
                appointment, text = plan.note_decision
                organisation.note_decision(
                    actor=self.actor, appointment_id=appointment, instrument_text=text, at=self.at
                )
        drafts = [
            AppointmentDraft(
                posts[plan.number], self._person(plan.holder), plan.sits_from, plan.sits_until, plan.decision
            )
            for plan in plans
            if plan.sits_from is not None
        ]
        if drafts:
            organisation.appoint_all(actor=self.actor, unit_id=unit_id, appointments=drafts, at=self.at)

    def _accounts(self, unit_id: int, plans: Sequence[RowPlan]) -> None:
        wanted = [
            (self._person(plan.holder), plan.username, make_password(None)) for plan in plans if plan.username
        ]
        if wanted:
            create_accounts(actor=self.actor, unit_id=unit_id, accounts=wanted, at=self.at)

    def _absences(self, plans: Sequence[RowPlan], posts: Mapping[int, int]) -> None:
        for plan in plans:
            if plan.away:
                first, until, substitute = plan.away
                organisation.record_absence(
                    actor=self.actor,
                    post_id=posts[plan.number],
                    starts_on=first,
                    ends_on=until,
                    substitute_id=None if substitute is None else self._person(substitute),
                    at=self.at,
                )

    def _details(self, unit_id: int, plans: Sequence[RowPlan]) -> None:
        drafts = {
            person: DetailDraft(person, *plan.detail)
            for plan in plans
            if plan.detail
            for person in [self._person(plan.holder)]
        }
        if drafts:
            organisation.set_officer_details(
                actor=self.actor, unit_id=unit_id, details=list(drafts.values()), at=self.at
            )

    def _person(self, ref: PersonRef | None) -> int:
        return ref if isinstance(ref, int) else self.persons[ref or ""]


def _draft(plan: RowPlan, bodies: Mapping[str, int]) -> PostDraft:
    body, kind, title, rank = plan.new_post or ("", "", "", 0)
    return PostDraft(bodies[body], kind, title, rank, plan.sits_from)
