"""Units with staff, in memory: a snapshot whose units have the bodies, posts and holders of the usual plan.

The register of the whole country can be proven only where every unit has officers; no database has them yet.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from lienthong.mandate.competence.values import NEVER, BodyRow, PostRow, SeatRow, Snapshot

# Body kind, and the kinds of its posts in order.
PLAN = (
    ("party_committee", ("party_secretary",)),
    ("committee", ("chair", "vice_chair", "vice_chair")),
    ("service_centre", ("centre_director", "one_stop_clerk", "one_stop_clerk")),
    ("office", ("department_head", "specialist", "specialist", "records_clerk")),
    ("economy", ("department_head", "specialist", "specialist")),
    ("culture_social", ("department_head", "specialist", "specialist")),
    ("military", ("department_head", "specialist", "specialist")),
    ("police", ("department_head", "specialist", "specialist")),
)


class Crew(NamedTuple):
    """The staff of one unit."""

    bodies: list[BodyRow]
    posts: list[PostRow]
    seats: list[SeatRow]


def staffed(snapshot: Snapshot, *, since: int) -> Snapshot:
    """The snapshot with the usual staff in every unit that has no bodies, from the day `since` on."""
    known = {body.unit_id for body in snapshot.bodies}
    first = max((post.id for post in snapshot.posts), default=0) + 1
    crews = [
        _crew(unit.id, first + 100 * place, since)
        for place, unit in enumerate(unit for unit in snapshot.units if unit.id not in known)
    ]
    return replace(
        snapshot,
        bodies=(*snapshot.bodies, *(row for crew in crews for row in crew.bodies)),
        posts=(*snapshot.posts, *(row for crew in crews for row in crew.posts)),
        seats=(*snapshot.seats, *(row for crew in crews for row in crew.seats)),
    )


def _crew(unit_id: int, first: int, since: int) -> Crew:
    """Ids of bodies, posts and persons from `first` on; each post has a holder of its own."""
    bodies = [
        BodyRow(first + place, unit_id, kind, f"{kind} {unit_id}", since, NEVER)
        for place, (kind, _posts) in enumerate(PLAN)
    ]
    posts = list(_posts(bodies, unit_id, first, since))
    return Crew(bodies, posts, [SeatRow(post.id, post.id, since, NEVER) for post in posts])


def _posts(bodies: list[BodyRow], unit_id: int, first: int, since: int) -> Iterator[PostRow]:
    wanted = [
        (body, kind, rank)
        for body, (_kind, kinds) in zip(bodies, PLAN, strict=True)
        for rank, kind in enumerate(kinds)
    ]
    for place, (body, kind, rank) in enumerate(wanted):
        yield PostRow(first + place, unit_id, body.id, kind, f"{kind} {rank} {unit_id}", rank, since, NEVER)
