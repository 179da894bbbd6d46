"""Loading a table of officers: what is right of it in one transaction, everything else reported."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.lib.table_in import Outcome, Report, Row
from lienthong.people.identity.actions.accounts import create_accounts
from lienthong.people.identity.actions.staffing import START
from lienthong.people.identity.queries import known_of, roll_plans
from lienthong.people.identity.rules import NOBODY_ANSWERS, SUBSTITUTE_REFUSED, administers
from lienthong.people.identity.values import Known, PersonRef, RowPlan
from lienthong.people.organisation import actions as organisation
from lienthong.people.organisation.queries import holders_of
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
    burdened: Collection[int] = (),
    at: datetime | None = None,
) -> Report:
    """Load the rows that are right, and say of every row what became of it. Loading again changes nothing.

    `units` are those the actor administers; `own_code` the unit of a row that names none; `digest` of the file
    is what the key stands for; `open_cases` by unit and `burdened`, the posts with which they lie, because this
    room does not know of cases.
    """
    moment = at or now()
    _let_in(actor, units)
    former = begin_command(key, "identity.load_roll", {"digest": digest, "unit": own_code}, actor)
    known = known_of(own_code, units, rows, open_cases, moment.date())
    plans = roll_plans(rows, known)
    loading = _Loading(actor, moment, known, burdened)
    if former is not None:
        loading.try_out(plans)  # it is loaded: every row that was right is now as it says
        return _report(plans, applied=True)
    loading.load(plans)
    report = _report(plans, applied=True)
    data = {outcome.value: report.count(outcome) for outcome in Outcome}
    subject = Subject("unit", actor.unit_id or 0)
    record(
        "identity.roll_loaded", subject=subject, actor=actor, at=moment, data=data, closes=(key, len(plans))
    )
    return report


@transaction.atomic
def check_roll(
    *,
    actor: Actor,
    rows: Sequence[Row],
    units: Sequence[UnitCard],
    own_code: str,
    open_cases: Mapping[int, int],
    burdened: Collection[int] = (),
    at: datetime | None = None,
) -> Report:
    """What loading would do with each row: it is done and taken back, so that it tells the truth."""
    moment = at or now()
    _let_in(actor, units)
    known = known_of(own_code, units, rows, open_cases, moment.date())
    plans = roll_plans(rows, known)
    _Loading(actor, moment, known, burdened).try_out(plans)
    return _report(plans, applied=False)


def _let_in(actor: Actor, units: Sequence[UnitCard]) -> None:
    if not all(administers(actor, (unit.id, unit.province_id)) for unit in units):
        raise NotFound


def _report(plans: Sequence[RowPlan], *, applied: bool) -> Report:
    return Report(tuple(plan.line for plan in plans), applied=applied)


class _Undone(Exception):
    """A check takes back what it did."""


class _Loading:
    """The writing of one table, unit by unit: few statements a unit, whatever the rows.

    What the database refuses in a unit is looked for row by row: that row is reported, the others go in.
    """

    def __init__(self, actor: Actor, at: datetime, known: Known, burdened: Collection[int]) -> None:
        self.actor, self.at, self.known = actor, at, known
        self.persons: dict[PersonRef, int] = {}
        self.burdened: dict[int, set[int]] = defaultdict(set)
        for seat in known.seats:
            if seat.post_id in burdened:
                self.burdened[seat.unit_id].add(seat.post_id)

    def try_out(self, plans: Sequence[RowPlan]) -> None:
        """Load, note in the plans what was refused, and take everything back."""
        try:
            with transaction.atomic():
                self.load(plans)
                raise _Undone
        except _Undone:
            pass

    def load(self, plans: Sequence[RowPlan]) -> None:
        """Load the rows that are right; what is refused only now is noted in their plans."""
        by_unit: dict[int, list[RowPlan]] = defaultdict(list)
        for plan in plans:
            if plan.notes and not plan.problems:
                by_unit[plan.unit_id].append(plan)
        for unit_id, own in by_unit.items():
            if self._refusal(unit_id, own) is None:
                continue
            for plan in sorted(own, key=_needs_others):
                refusal = self._refusal(unit_id, [plan])
                if refusal is not None:
                    plan.refuse(refusal.code, refusal.sentence)

    def _refusal(self, unit_id: int, plans: Sequence[RowPlan]) -> Refusal | None:
        """Load rows of one unit; where one of them is refused, none is loaded."""
        kept = dict(self.persons)
        try:
            with transaction.atomic():
                self._unit(unit_id, plans)
        except Refused as refused:
            self.persons = kept
            return refused.refusal
        return None

    def _unit(self, unit_id: int, plans: Sequence[RowPlan]) -> None:
        days = {plan.end[1] for plan in plans if plan.end} | {p.sits_until for p in plans if p.sits_until}
        before = {day: self._unanswered(unit_id, day) for day in days}
        self._register(unit_id, plans)
        posts = self._posts(unit_id, plans)
        self._seats(unit_id, plans, posts)
        self._accounts(unit_id, plans)
        self._absences(plans, posts)
        self._details(unit_id, plans)
        if any(self._unanswered(unit_id, day) - before[day] for day in days):
            raise Refused.because(NOBODY_ANSWERS)

    def _unanswered(self, unit_id: int, day: date) -> set[int]:
        """The unit's posts with open cases for which nobody would answer on a day."""
        asked = self.burdened[unit_id]
        noon = datetime.combine(day, time(12), timezone.get_current_timezone())
        return asked - set(holders_of(asked, noon)) if asked else set()

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
        former = {plan.post_id for plan in plans if plan.post_id is not None}
        successors = {draft.post_id: draft.starts_on for draft in drafts if draft.post_id in former}
        if successors:
            organisation.end_inherited(actor=self.actor, successors=successors, at=self.at)

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
        if isinstance(ref, int):
            return ref
        if ref is None or ref not in self.persons:
            raise Refused.because(SUBSTITUTE_REFUSED)
        return self.persons[ref]


def _needs_others(plan: RowPlan) -> bool:
    """Whether a row names an officer of another row, which has to be loaded before it."""
    return plan.away is not None and isinstance(plan.away[2], str)


def _draft(plan: RowPlan, bodies: Mapping[str, int]) -> PostDraft:
    body, kind, title, rank = plan.new_post or ("", "", "", 0)
    return PostDraft(bodies[body], kind, title, rank, plan.sits_from)
