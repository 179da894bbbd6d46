"""Coverage + gaps = everything: every task, unit and day finds somebody, or stands in exactly one gap."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lienthong.mandate.competence.rules.check import prove
from lienthong.mandate.competence.rules.resolve import Resolver
from lienthong.mandate.competence.values import DAWN, NEVER, AwayRow, Found, SeatRow, Snapshot
from tests.mandate.competence.imagined import FIELDS, assignment, basis, imagined, lead

START, END = date(2027, 1, 1).toordinal(), date(2028, 6, 1).toordinal()
WORLD = imagined(units=3, tasks=6)
LEAP = date(2028, 2, 29).toordinal()
DAYS = st.integers(START - 400, END + 400) | st.sampled_from([LEAP, LEAP + 1, START, END])
SPANS = st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair) + 1)) | st.just((DAWN, NEVER))
SUBJECTS = st.sampled_from(
    [f"task:{task.code}" for task in WORLD.tasks] + [f"field:{field}" for field in FIELDS]
)
REACHES = st.sampled_from(
    ["country", "type:ward", "province:79", "type_in_province:commune:79", "unit:00002"]
)
KINDS = st.sampled_from([*FIELDS.values(), "committee", "front"])
POSTS = st.sampled_from(
    [post for post in WORLD.posts if post.kind in ("department_head", "specialist", "chair")]
)
Damage = tuple[str, Any]
DAMAGES: st.SearchStrategy[list[Damage]] = st.lists(
    st.one_of(
        st.tuples(st.just("seats"), st.tuples(st.sampled_from(WORLD.seats), SPANS)),
        st.tuples(st.just("back again"), st.tuples(st.sampled_from(WORLD.seats), DAYS, DAYS)),
        st.tuples(st.just("second post"), st.tuples(st.sampled_from(WORLD.seats), POSTS, SPANS)),
        st.tuples(st.just("posts"), st.tuples(POSTS, SPANS)),
        st.tuples(st.just("bodies"), st.tuples(st.sampled_from(WORLD.bodies), SPANS)),
        st.tuples(st.just("rules"), st.tuples(st.sampled_from(WORLD.rules), SPANS)),
        st.tuples(st.just("tasks"), st.tuples(st.sampled_from(WORLD.tasks), SPANS)),
        st.tuples(st.just("instruments"), st.tuples(st.sampled_from(WORLD.instruments), SPANS)),
        st.tuples(st.just("facts"), st.tuples(st.sampled_from(WORLD.units), SPANS)),
        st.tuples(st.just("away"), st.tuples(POSTS, SPANS, st.booleans())),
        st.tuples(st.just("new rule"), st.tuples(SUBJECTS, REACHES, KINDS, st.booleans(), SPANS)),
        st.tuples(st.just("basis"), st.tuples(SUBJECTS, SPANS)),
        st.tuples(st.just("assignment"), st.tuples(SUBJECTS, POSTS, SPANS)),
    ),
    max_size=8,
)


def damaged(damages: list[Damage]) -> Snapshot:
    """The imagined register with each damage done to it in turn."""
    world = WORLD
    for number, (kind, what) in enumerate(damages, 100):
        world = replace(world, **_change(world, kind, what, number))
    return world


def _change(world: Snapshot, kind: str, what: Any, number: int) -> dict[str, Any]:
    match kind:
        case "facts":
            unit, (start, end) = what
            facts = (replace(unit.facts[0], start=start, end=end),)
            return {
                "units": tuple(replace(row, facts=facts) if row.id == unit.id else row for row in world.units)
            }
        case "back again":
            seat, left, back = what
            rest = tuple(row for row in world.seats if row != seat)
            held = (replace(seat, end=min(left, back)), replace(seat, start=max(left, back)))
            return {"seats": (*rest, *held)} if seat in world.seats else {}
        case "second post":
            seat, post, (start, end) = what
            rest = tuple(row for row in world.seats if row.post_id != post.id)
            return {"seats": (*rest, SeatRow(post.id, seat.person_id, start, end))}
        case "away":
            post, (start, end), is_replaced = what
            rows = tuple(row for row in world.away if row.post_id != post.id)
            return {"away": (*rows, AwayRow(post.id, 1 if is_replaced else None, start, end))}
        case "new rule":
            subject, reach, body, in_person, (start, end) = what
            row = lead(number, subject, reach, body, start=start, end=end, post_kind="chair" * in_person)
            taken = {(rule.subject_key, rule.reach_key) for rule in world.rules}
            return {} if (subject, reach) in taken else {"rules": (*world.rules, row)}
        case "basis":
            subject, (start, end) = what
            return {"bases": (*world.bases, basis(number, subject, start=start, end=end))}
        case "assignment":
            subject, post, (start, end) = what
            others = [
                row for row in world.assignments if (row.subject_key, row.unit_id) != (subject, post.unit_id)
            ]
            return {"assignments": (*others, assignment(number, post, subject, start=start, end=end))}
    target, (start, end) = what
    return {
        kind: tuple(
            replace(row, start=start, end=end) if row == target else row for row in getattr(world, kind)
        )
    }


def covering(found: tuple[Found, ...], code: str, unit_id: int, day: int) -> list[Found]:
    return [
        one
        for one in found
        if one.kind == "gap" and one.unit_id == unit_id and code in one.tasks and one.since <= day < one.until
    ]


@settings(max_examples=150)
@given(DAMAGES, st.lists(st.integers(START, END - 1) | st.just(LEAP), min_size=1, max_size=6))
def test_somebody_or_exactly_one_gap(damages: list[Damage], days: list[int]) -> None:
    world = damaged(damages)
    found, resolver = prove(world, START, END), Resolver(world)
    for task in world.tasks:
        for unit in world.units:
            for day in {*days, *resolver.breaks(task.code, unit.id, START, END)}:
                is_owed = task.start <= day < task.end and any(
                    fact.start <= day < fact.end for fact in unit.facts
                )
                finding = resolver.answer(task.code, unit.id, day).finding if is_owed else ""
                gaps = covering(found, task.code, unit.id, day)
                assert [one.code for one in gaps] == ([finding] if finding else [])


@settings(max_examples=50)
@given(DAMAGES)
def test_a_gap_is_as_long_as_it_can_be(damages: list[Damage]) -> None:
    gaps = [one for one in prove(damaged(damages), START, END) if one.kind == "gap"]
    for one in gaps:
        assert one.since < END and one.until > START
        beside = [other for other in gaps if other.mark == one.mark and other.since == one.until]
        assert not any(set(one.tasks) & set(other.tasks) for other in beside)
