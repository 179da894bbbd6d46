"""The ground of the demonstration: which units, their officers, codes, groups, and who answers for what."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from lienthong.console.demo.crew import Crew, crews_of
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import today
from lienthong.mandate.competence.actions import assign_work
from lienthong.mandate.competence.enums import AssignedDuty
from lienthong.mandate.competence.queries import responsible_for
from lienthong.people.identity.actions import staff_unit, usual_staff
from lienthong.people.organisation.actions import add_residential_group, set_agency_code
from lienthong.people.organisation.enums import BodyKind, PostKind
from lienthong.people.organisation.queries import bodies_of, neighbours, unit_by_code
from lienthong.people.organisation.values import UnitCard

# Every account of the demonstration has it; the accounts are fictitious, the database is marked.
PASSWORD = "trinh-dien-2026"
START = date(2025, 7, 1)
SIX = {"79": ("27475", "27286", "27478", "27487", "27418", "27655")}
GROUPS = 3
ILLUSTRATIVE_PAPER = "Thông báo phân công công tác (giá trị minh họa)"
# Who of the leaders has the departments' fields: the Chair keeps what is not named here.
LEADER_OF = {BodyKind.ECONOMY: 0, BodyKind.CULTURE_SOCIAL: 1}


def busy_units(units: Sequence[UnitCard], province: str, on: date) -> list[str]:
    """Codes of the six units that are busy: the first is the main one.

    Where none are named: the unit with the most neighbours in the province, and the five longest borders.
    """
    if province in SIX:
        return list(SIX[province])
    own = {unit.id: unit.code for unit in units}
    beside = {
        unit.code: [own[near.unit_id] for near in neighbours(unit.id, on) if near.unit_id in own]
        for unit in units
    }
    main = max(sorted(beside), key=lambda code: len(beside[code]))
    rest = [unit.code for unit in units if unit.code != main and unit.code not in beside[main]]
    return [main, *beside[main], *rest][:6]


def staff(codes: Sequence[str], password_hash: str) -> None:
    """Staff those of the units that are not yet, by the usual plan. One transaction."""
    day = today()
    with transaction.atomic(), entered(SYSTEM):
        staffed = crews_of(codes, day)
        for unit in [unit_by_code(code, day) for code in codes if code not in staffed]:
            plan = usual_staff(unit.unit_type, unit.short_name, unit.code)
            staff_unit(actor=SYSTEM, unit=unit, plan=plan, password_hash=password_hash, starts_on=START)


def furnish(unit: UnitCard) -> None:
    """Give a unit its visibly illustrative agency code and its residential groups. One transaction."""
    if unit.agency_code:
        return
    with transaction.atomic(), entered(SYSTEM):
        set_agency_code(actor=SYSTEM, unit_id=unit.id, agency_code=f"MH.{unit.code[:2]}.{unit.code[2:]}")
        for number in range(1, GROUPS + 1):
            add_residential_group(actor=SYSTEM, unit_id=unit.id, name=f"Khu phố {number}", starts_on=START)


def assign_fields(crew: Crew, kinds: Mapping[str, str], *, to_posts: bool) -> None:
    """Assign each field to a leader, and where asked every other one to a specialist of its department.

    `kinds` says which kind of body has the field. Repeated, the same keys give the first results. One
    transaction a unit.
    """
    actor, body_of = crew.administrator, {body.kind: body.id for body in bodies_of(crew.unit_id, START)}
    with transaction.atomic(), entered(actor):
        for number, (field, kind) in enumerate(sorted(kinds.items())):
            _assign(crew, field, AssignedDuty.APPROVAL, _leader(crew, kind))
            if to_posts and number % 2:
                workers = crew.specialists(body_of.get(kind))
                post = workers[number // 2 % len(workers)].post_id
                _assign(crew, field, AssignedDuty.PROCESSING, post)


def kinds_of_fields(tasks: Mapping[str, str], unit_id: int) -> dict[str, str]:
    """Which kind of body has each field, asked of the register for one of its tasks in one unit."""
    kinds = {body.id: body.kind for body in bodies_of(unit_id, START)}
    bodies = {field: responsible_for(task, unit_id, today()).body_id for field, task in tasks.items()}
    return {field: kinds.get(body_id or 0, "") for field, body_id in bodies.items()}


def _leader(crew: Crew, body_kind: str) -> int | None:
    place = next((place for kind, place in LEADER_OF.items() if kind == body_kind), None)
    vice_chairs = crew.kinds[PostKind.VICE_CHAIR]
    return (crew.chair if place is None else vice_chairs[place % len(vice_chairs)]).post_id


def _assign(crew: Crew, field: str, duty: AssignedDuty, post_id: int | None) -> None:
    assign_work(
        actor=crew.administrator,
        key=key_of(crew.code, field, duty),
        unit_id=crew.unit_id,
        subject_key=f"field:{field}",
        duty=duty,
        post_id=post_id or 0,
        valid_from=START,
        instrument_text=ILLUSTRATIVE_PAPER,
    )


def key_of(*words: object) -> UUID:
    """The same words give the same key: an act of the demonstration is done once."""
    return uuid5(NAMESPACE_URL, "lienthong-demo/" + "/".join(map(str, words)))
