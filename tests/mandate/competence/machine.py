"""Any sequence of acts on the register, and what may never come of it (a hypothesis state machine, real PostgreSQL).

Each example runs inside a savepoint of the test's transaction. What is refused is part of the game; any other
error is a fault, and so is a broken invariant after any step.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from lienthong.core.instruments.queries import by_slug
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import SYSTEM
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.enums import AssignedDuty, RuleRole
from lienthong.mandate.competence.models import DelegationNorm
from lienthong.mandate.competence.queries import responsible_for, warrants_for
from lienthong.mandate.competence.values import Reassignment
from lienthong.people.organisation.actions import appoint, end_appointment
from tests.cast import TAN_HUNG, TAN_THUAN, Cast

START = date(2026, 11, 2)
CODES = ("9.700001", "9.700002")
FIELD = "Lĩnh vực của máy thử"
SUBJECTS = (*(f"task:{code}" for code in CODES), f"field:{FIELD}")
# Only ever tempted with: nothing else stands in the way of the chain of two.
BAIT, BAIT_FIELD = "9.700003", "Lĩnh vực để thử ủy quyền lại"
REACHES = ("country", "type:ward", "province:79", "type_in_province:ward:79", f"unit:{TAN_HUNG}")
BODIES = ("committee", "office", "economy")
IN_PERSON = ("", "", "chair", "department_head", "specialist")
# Norms that no law has: with them a chain of two is only ever prevented by the register itself.
TEMPTING = (
    ("department_head", "specialist"),
    ("specialist", "department_head"),
    ("specialist", "records_clerk"),
    ("department_head", "records_clerk"),
)
# Two leads of one reach, a chain of two, a row that two replace and that both still hold: none, ever.
_BROKEN = """
SELECT 'two leads', a.id, b.id FROM competence_competencerule a JOIN competence_competencerule b
  ON a.id < b.id AND a.subject_key = b.subject_key AND a.reach_key = b.reach_key
  AND a.valid_during && b.valid_during
WHERE a.role = 'lead' AND b.role = 'lead' AND a.superseded_at IS NULL AND b.superseded_at IS NULL
  AND a.subject_key = ANY (%(subjects)s)
UNION ALL
SELECT 'passed on', a.delegation_id, b.delegation_id FROM competence_delegationside a
JOIN competence_delegationside b ON a.post_id = b.post_id AND a.task_id = b.task_id AND a.act = b.act
  AND a.side = 'grantee' AND b.side = 'grantor' AND a.valid_during && b.valid_during
UNION ALL
SELECT 'two posts', a.id, b.id FROM competence_workassignment a JOIN competence_workassignment b
  ON a.id < b.id AND a.unit_id = b.unit_id AND a.subject_key = b.subject_key AND a.duty = b.duty
  AND a.valid_during && b.valid_during
WHERE a.superseded_at IS NULL AND b.superseded_at IS NULL AND a.subject_key = ANY (%(subjects)s)
UNION ALL
SELECT 'silent', a.id, b.id FROM competence_competencerule a JOIN competence_competencerule b
  ON b.replaces_id = a.id
WHERE a.subject_key = ANY (%(subjects)s) AND a.superseded_at IS DISTINCT FROM b.recorded_at
"""
_FIRST = """
SELECT p.id FROM organisation_post p JOIN organisation_body b ON b.id = p.body_id
WHERE p.unit_id = %(unit)s AND b.kind = %(body)s AND p.kind = 'specialist' ORDER BY p.rank, p.id LIMIT 1
"""
_PAPER = """
SELECT d.valid_during @> %(on)s::date AND (d.revoked_on IS NULL OR %(on)s::date < d.revoked_on),
  (SELECT range_agg(a.valid_during) @> daterange(d.signed_on, %(on)s::date, '[]') FROM organisation_appointment a
   WHERE a.post_id = d.grantor_post_id AND a.person_id = d.grantor_person_id),
  (SELECT range_agg(a.valid_during) @> daterange(lower(d.valid_during), %(on)s::date, '[]')
   FROM organisation_appointment a WHERE a.post_id = d.grantee_post_id AND a.person_id = d.grantee_person_id),
  d.grantee_post_id, d.grantee_person_id
FROM competence_delegation d WHERE d.id = %(id)s
"""
_SITS = """
SELECT EXISTS (SELECT FROM organisation_appointment WHERE post_id = %(post)s AND person_id = %(person)s
  AND valid_during @> %(on)s::date)
"""
BAITED = 9  # among the posts: who a rule of the body gives it to
DAY = st.integers(-40, 80)
LENGTH = st.one_of(st.none(), st.integers(1, 60))
PLACE = st.integers(0, 40)


class RegisterMachine(RuleBasedStateMachine):
    """Sổ thẩm quyền dưới mọi chuỗi thao tác. `lay` prepares what every example starts from."""

    steps = 0
    refusals: ClassVar[dict[str, int]] = {}
    done: ClassVar[dict[str, int]] = {}
    posts: ClassVar[list[int]] = []
    persons: ClassVar[list[int]] = []
    units: ClassVar[list[int]] = []
    instruments: ClassVar[list[int]] = []
    body: ClassVar[str] = ""

    @classmethod
    def lay(cls, cast: Cast) -> None:
        """Two tasks of one field, and the posts and persons of two units."""
        for code, field in (*((code, FIELD) for code in CODES), (BAIT, BAIT_FIELD)):
            actions.register_task(actor=SYSTEM, key=uuid4(), code=code, name="Nhiệm vụ", field=field)
        first = (
            cast.chair,
            cast.vice_chair,
            cast.head,
            cast.specialist,
            cast.second_specialist,
            cast.records,
        )
        others = (cast.of(f"chutich.{TAN_THUAN}"), cast.neighbour, cast.neighbour_clerk)
        cls.posts = [actor.acting_post for actor in (*first, *others)]
        cls.body = "economy"
        ((baited,),) = _asked(_FIRST, {"unit": cast.unit_id(TAN_HUNG), "body": cls.body})
        cls.posts.append(baited)
        cls.persons = [actor.acting_person for actor in (*first, *others)]
        cls.units = [cast.unit_id(TAN_HUNG), cast.unit_id(TAN_THUAN)]
        for grantor, grantee in TEMPTING:
            DelegationNorm.objects.create(
                kind="permits",
                grantor_kind=grantor,
                grantee_kind=grantee,
                instrument_id=by_slug("luat-72-2025-qh15").pk,
                confidence="illustrative",
                valid_during="[2025-07-01,)",
            )
        cls.instruments = [by_slug("nd-150-2025-nd-cp").pk, by_slug("nd-120-2025-nd-cp").pk]
        cls.rewind()

    @classmethod
    def rewind(cls) -> None:
        """Count anew."""
        cls.steps, cls.refusals, cls.done = 0, {}, {}

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.today = START
        self.rules: list[int] = []
        self.assignments: list[int] = []
        self.delegations: list[int] = []
        self.number = 0
        self.changed = True

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def act(self, name: str, kept: list[int] | None = None, **words: Any) -> None:
        """Do an act of the register as the system; a refusal is counted and changes nothing."""
        try:
            made = getattr(actions, name)(actor=SYSTEM, key=uuid4(), at=self.moment, **words)
        except Refused as refused:
            self._count(type(self).refusals, refused.refusal.code)
        else:
            self._count(type(self).done, name)
            self.changed = True
            if kept is not None:
                kept.append(made)

    @property
    def moment(self) -> datetime:
        return datetime.combine(self.today, time(2), UTC)

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def end(self, start: int, length: int | None) -> date | None:
        return None if length is None else self.day(start + length)

    @rule(
        subject=st.sampled_from(SUBJECTS),
        reach=st.sampled_from(REACHES),
        body=st.sampled_from(BODIES),
        post=st.sampled_from(IN_PERSON),
        start=DAY,
        length=LENGTH,
        role=st.sampled_from([RuleRole.LEAD, RuleRole.LEAD, RuleRole.COORDINATING]),
    )
    def add_rule(self, subject: str, reach: str, start: int, length: int | None, **words: Any) -> None:
        """A rule anywhere, for any time."""
        self._add_rule(subject, reach, start, length, **words)

    def _add_rule(self, subject: str, reach: str, start: int, length: int | None, **words: Any) -> None:
        days = {"valid_from": self.day(start), "valid_to": self.end(start, length)}
        self.act(
            "add_rule", self.rules, subject_key=subject, reach_key=reach, **days, **self._stated(**words)
        )

    @rule(place=PLACE, start=DAY)
    def end_rule(self, place: int, start: int) -> None:
        """Any rule that was ever entered, present or replaced."""
        if self.rules:
            self.act("end_rule", rule_id=self.rules[place % len(self.rules)], valid_to=self.day(start))

    @rule(
        place=PLACE,
        body=st.sampled_from(BODIES),
        post=st.sampled_from(IN_PERSON),
        start=DAY,
        length=LENGTH,
    )
    def amend_rule(self, place: int, start: int, length: int | None, **words: Any) -> None:
        """Said otherwise, for another time."""
        if self.rules:
            days = {"valid_from": self.day(start), "valid_to": self.end(start, length)}
            former = self.rules[place % len(self.rules)]
            self.act("amend_rule", self.rules, rule_id=former, **days, **self._stated(**words))

    @rule(
        unit=st.integers(0, 1),
        subject=st.sampled_from(SUBJECTS),
        duty=st.sampled_from(list(AssignedDuty)),
        place=PLACE,
        start=DAY,
        length=LENGTH,
    )
    def assign(self, unit: int, subject: str, duty: AssignedDuty, place: int, **when: Any) -> None:
        """Work to a post, sometimes of another unit."""
        start, length = when["start"], when["length"]
        words = {
            "unit_id": self.units[unit],
            "subject_key": subject,
            "duty": duty,
            "post_id": self._post(place),
        }
        days = {"valid_from": self.day(start), "valid_to": self.end(start, length)}
        self.act("assign_work", self.assignments, **words, **days)

    @rule(place=PLACE, start=DAY)
    def end_assignment(self, place: int, start: int) -> None:
        """Any assignment that was ever entered."""
        if self.assignments:
            one = self.assignments[place % len(self.assignments)]
            self.act("end_assignment", assignment_id=one, valid_to=self.day(start))

    @rule(
        unit=st.integers(0, 1),
        subject=st.sampled_from(SUBJECTS),
        duty=st.sampled_from(list(AssignedDuty)),
        place=PLACE,
        start=DAY,
        length=LENGTH,
        away=st.booleans(),
    )
    def reassign(self, unit: int, subject: str, duty: str, place: int, away: bool, **when: Any) -> None:
        """One decision takes a duty from whoever has it."""
        start, end = self.day(when["start"]), self.end(when["start"], when["length"])
        change = Reassignment(subject, duty, None if away else self._post(place), start, end)
        words = {"unit_id": self.units[unit], "decision": "1/QĐ-UBND", "decision_on": self.today}
        self.act("reassign", **words, changes=[change])

    @rule(
        sides=st.sampled_from(
            [(0, 0, 2), (0, 0, 3), (0, 0, 5), (0, 2, 3), (0, 3, 5), (0, 3, 2), (1, 6, 7), (0, 6, 1)]
        ),
        tasks=st.sampled_from([CODES, CODES[:1], CODES[1:]]),
        acts=st.sampled_from([("sign",), ("approve",), ("sign", "approve")]),
        start=st.integers(-20, 20),
        length=st.integers(-1, 60),
    )
    def delegate(self, sides: tuple[int, int, int], tasks: Any, acts: Any, **when: Any) -> None:
        """A competence to another post, often by who does not have it."""
        self._delegate(sides, tasks, acts, **when)

    def _delegate(self, sides: tuple[int, int, int], tasks: Any, acts: Any, **when: Any) -> None:
        self.number += 1
        unit, grantor, grantee = sides
        start, end = self.day(when["start"]), self.end(when["start"], when["length"])
        posts = {"grantor_post_id": self.posts[grantor], "grantee_post_id": self.posts[grantee]}
        paper = {"number": f"{self.number}/QĐ-UBND", "signed_on": min(start, self.today)}
        words = {"unit_id": self.units[unit], "task_codes": tasks, "acts": acts, **posts, **paper}
        self.act("delegate", self.delegations, valid_from=start, valid_to=end, **words)

    @rule(start=st.integers(0, 5), length=st.integers(1, 20))
    def tempt(self, start: int, length: int) -> None:
        """The Chair's delegate is given the task by a rule, and tries to pass on what was delegated."""
        words = {"tasks": [BAIT], "acts": ["sign"], "start": start, "length": length}
        self._delegate((0, 0, BAITED), **words)
        days = {"start": start, "length": length, "role": RuleRole.LEAD}
        self._add_rule(f"task:{BAIT}", REACHES[-1], body=self.body, post="specialist", **days)
        self._delegate((0, BAITED, 5), **words)

    @rule(place=PLACE, start=DAY)
    def revoke(self, place: int, start: int) -> None:
        """Any delegation, from any day."""
        if self.delegations:
            one = self.delegations[place % len(self.delegations)]
            self.act("revoke_delegation", delegation_id=one, from_day=self.day(start), reason="thử")

    @rule(place=PLACE, start=DAY)
    def leave(self, place: int, start: int) -> None:
        """Somebody's appointment ends; now and then, else nobody is left to act."""
        if start % 4:
            return
        sql = "SELECT max(id) FROM organisation_appointment WHERE post_id = %s"
        ((one,),) = _asked(sql, [self._post(place)])
        self._staff(end_appointment, appointment_id=one, ends_on=self.day(start))

    @rule(place=PLACE, person=PLACE, start=DAY, length=LENGTH)
    def come(self, place: int, person: int, start: int, length: int | None) -> None:
        """Somebody is put into a post, also one who sits in another."""
        who = self.persons[person % len(self.persons)]
        days = {"starts_on": self.day(start), "ends_on": self.end(start, length)}
        self._staff(appoint, post_id=self._post(place), person_id=who, **days)

    @rule(count=st.integers(1, 20))
    def time_passes(self, count: int) -> None:
        """Days go by."""
        self.today += timedelta(days=count)

    @invariant()
    def nothing_is_broken(self) -> None:
        """No two leads, no chain of two, no duty of two posts, no moment at which the register is silent."""
        type(self).steps += 1
        if not self.changed:
            return
        self.changed = False
        assert _asked(_BROKEN, {"subjects": [*SUBJECTS, f"task:{BAIT}"]}) == []

    @rule(
        unit=st.integers(0, 1),
        code=st.sampled_from([*CODES, BAIT]),
        act=st.sampled_from(["sign", "approve"]),
        start=st.integers(-5, 40),
    )
    def ask(self, unit: int, code: str, act: str, start: int) -> None:
        """Who may do it on a day: nobody outside a term, nobody without an appointment."""
        on = self.day(start)
        assert responsible_for(code, self.units[unit], on).post_id is not None
        for warrant in warrants_for(code, self.units[unit], act, on):
            if warrant.delegation_id is None:
                seat = {"post": warrant.post_id, "person": warrant.person_id, "on": on}
                assert _asked(_SITS, seat) == [(True,)], warrant
                continue
            ((*held, post, person),) = _asked(_PAPER, {"id": warrant.delegation_id, "on": on})
            assert all(held) and (post, person) == (warrant.post_id, warrant.person_id), warrant
            self._count(type(self).done, "a delegate may")

    def _post(self, place: int) -> int:
        return self.posts[place % len(self.posts)]

    def _stated(self, body: str, post: str, **words: Any) -> dict[str, Any]:
        stated = {"body_kind": body, "post_kind": post, "confidence": "illustrative"}
        return {**stated, "instrument_id": self.instruments[self.number % 2], **words}

    def _staff(self, act: Any, **words: Any) -> None:
        try:
            act(actor=SYSTEM, at=self.moment, **words)
        except Refused as refused:
            self._count(type(self).refusals, refused.refusal.code)
        else:
            self._count(type(self).done, act.__name__)

    @staticmethod
    def _count(counts: dict[str, int], word: str) -> None:
        counts[word] = counts.get(word, 0) + 1


def _asked(statement: str, values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
