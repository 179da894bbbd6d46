"""The ground every test stands on, and a fixed cast that plays on it.

`lay_ground` runs once a test database, as the owner: the country, the catalogue, and six neighbouring units
with their officers. `Cast` gives the actors by role; every person is visibly fictitious.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib import import_module

from django.db import connection

from lienthong.core.lifecycle.actions import sync_transitions
from lienthong.core.scope.models import Mark
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.queries import today
from lienthong.mandate.procedures.actions import load_illustrative
from lienthong.people.identity.actions import staff_units
from lienthong.people.identity.queries import posts_of
from lienthong.people.organisation.actions import add_residential_group, set_agency_code
from lienthong.people.organisation.enums import BodyKind
from lienthong.people.organisation.queries import unit_by_code

PROVINCE = "79"
TAN_HUNG, VINH_HOI, TAN_THUAN, TAN_MY, CHANH_HUNG, NHA_BE = SIX = (
    "27475",
    "27286",
    "27478",
    "27487",
    "27418",
    "27655",
)
PASSWORD = "mat-khau-thu-nghiem"
ON = date(2026, 11, 2)
SEEDED_ROOMS = (
    "core.instruments",
    "core.workdays",
    "people.organisation",
    "mandate.procedures",
    "mandate.competence",
    "work.certification",
)


def lay_ground() -> None:
    """Load every room's seeds, write the lifecycles, staff the city and its six units. Harmless if repeated."""
    is_staffed = _is_staffed()
    for room in SEEDED_ROOMS:
        if not (is_staffed and room == "people.organisation"):  # the country takes 2 s; it is there already
            _loader(room)()
    sync_transitions()
    _mark_as_demonstration()
    if is_staffed:
        return
    units = [unit_by_code(code, ON).id for code in (PROVINCE, *SIX)]
    staff_units(actor=SYSTEM, unit_ids=units, password=PASSWORD)
    for code, unit_id in zip(SIX, units[1:], strict=True):
        set_agency_code(actor=SYSTEM, unit_id=unit_id, agency_code=f"MH.{PROVINCE}.{code[:2]}.{code[2:]}")
        add_residential_group(actor=SYSTEM, unit_id=unit_id, name="Khu phố 1", starts_on=date(2025, 7, 1))


def _mark_as_demonstration() -> None:
    """Illustrative terms and a movable clock belong to a demonstration; a test database is one."""
    Mark.objects.update_or_create(name="demo", defaults={"value": True})
    load_illustrative()


def _loader(room: str) -> Callable[[], object]:
    """The room's `load_seeds`; a room without one has nothing to lay."""
    try:
        actions = import_module(f"lienthong.{room}.actions")
    except ModuleNotFoundError:
        return lambda: None
    return getattr(actions, "load_seeds", lambda: None)


def _is_staffed() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM identity_account WHERE username = %s", [f"motcua1.{TAN_HUNG}"])
        return bool(cursor.fetchone()[0])


@dataclass
class Cast:
    """Who plays: each name is an Actor. The first unit is Tân Hưng; `stranger` is of Nhà Bè."""

    known: dict[str, Actor] = field(default_factory=dict)

    def of(self, username: str, post_kind: str = "") -> Actor:
        """The actor of a user name (acting from a post of the kind, where the person holds two)."""
        mark = f"{username} {post_kind}"
        if mark not in self.known:
            self.known[mark] = _actor(username, post_kind)
        return self.known[mark]

    @cached_property
    def clerk(self) -> Actor:
        return self.of(f"motcua1.{TAN_HUNG}")

    @cached_property
    def second_clerk(self) -> Actor:
        return self.of(f"motcua2.{TAN_HUNG}")

    @cached_property
    def specialist(self) -> Actor:
        return self.specialist_in(BodyKind.ECONOMY)

    @cached_property
    def second_specialist(self) -> Actor:
        return self.specialist_in(BodyKind.ECONOMY, 2)

    @cached_property
    def head(self) -> Actor:
        return self.head_of(BodyKind.ECONOMY)

    @cached_property
    def chair(self) -> Actor:
        return self.of(f"chutich.{TAN_HUNG}")

    @cached_property
    def vice_chair(self) -> Actor:
        return self.of(f"phochutich1.{TAN_HUNG}")

    @cached_property
    def director(self) -> Actor:
        """The second Vice Chair, acting as director of the service centre."""
        return self.of(f"phochutich2.{TAN_HUNG}", "centre_director")

    @cached_property
    def records(self) -> Actor:
        return self.of(f"vanthu.{TAN_HUNG}")

    @cached_property
    def administrator(self) -> Actor:
        return self.of(f"quantri.{TAN_HUNG}")

    @cached_property
    def neighbour(self) -> Actor:
        """A specialist of Tân Thuận."""
        return self.of(f"kinhte1.{TAN_THUAN}")

    @cached_property
    def neighbour_clerk(self) -> Actor:
        return self.of(f"motcua1.{TAN_THUAN}")

    @cached_property
    def stranger(self) -> Actor:
        """A clerk of Nhà Bè, who has nothing to do with it."""
        return self.of(f"motcua1.{NHA_BE}")

    @cached_property
    def city(self) -> Actor:
        return self.of(f"thanhpho.{PROVINCE}")

    def specialist_in(self, body: str, number: int = 1, code: str = TAN_HUNG) -> Actor:
        """A specialist of a department (BodyKind word) of a unit."""
        return self.of(f"{_STEMS[body]}{number}.{code}")

    def head_of(self, body: str, code: str = TAN_HUNG) -> Actor:
        """The head of a department (BodyKind word) of a unit."""
        return self.of(f"truong.{_STEMS[body]}.{code}")

    def unit_id(self, code: str) -> int:
        """The id of one of the units by its code."""
        return unit_by_code(code, ON).id


_STEMS = {BodyKind.OFFICE: "vanphong", BodyKind.ECONOMY: "kinhte", BodyKind.CULTURE_SOCIAL: "vhxh"}


def _actor(username: str, post_kind: str) -> Actor:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM identity_account WHERE username = %s", [username])
        (account_id,) = cursor.fetchone()
    posts = [post for post in posts_of(account_id, today()) if post_kind in {"", post.kind}]
    return posts[0].actor(account_id)
