"""The demonstration's run over a province: by steps, each shared out to processes, with the progress told."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

import django
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from lienthong.console.demo import ground, mandate, marks
from lienthong.console.demo.crew import crews_of
from lienthong.console.demo.fill import catalogue, fill
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import now as present
from lienthong.facilities.statistics.actions import roll_up_missing
from lienthong.mandate.procedures.actions import load_illustrative
from lienthong.people.organisation.queries import forget_units, unit_by_code, units_of_province
from lienthong.work.stewardship.actions.proving import run_proof
from lienthong.work.stewardship.actions.reporting import produce_reports

Say = Callable[[str], None]
# Fields whose leader is named in every unit; the busy units have every field of the catalogue.
COMMON_FIELDS = 6
LARGEST_SHARE = 12


class NotEmpty(Exception):
    """This database has matters of its own: it is not marked as a demonstration and does not become one."""


@dataclass(frozen=True)
class Plan:
    """What a run does; a plain value, so that every process has it."""

    province: str
    codes: tuple[str, ...]
    busy: tuple[str, ...]
    scale: float
    now: datetime
    password_hash: str


def mark_demonstration() -> None:
    """Mark the database; from then on the simulator may set the clock. Raises NotEmpty in earnest use."""
    with transaction.atomic(), entered(SYSTEM):
        if marks.read(marks.DEMO) is not None:
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM casework_case)")
            if cursor.fetchone()[0]:
                raise NotEmpty
        marks.write(marks.DEMO, True)


def plan_for(province: str, *, scale: float = 1.0, limit: int = 0) -> Plan:
    """All units of the province, the busy ones first; `limit` keeps only so many."""
    now = present()
    units = units_of_province(province, now.date())
    busy = ground.busy_units(units, province, now.date())
    rest = [unit.code for unit in units if unit.code not in busy]
    codes = (*busy, *rest)[: limit or None]
    return Plan(
        province,
        codes,
        tuple(code for code in busy if code in codes),
        scale,
        now,
        make_password(ground.PASSWORD),
    )


def run(plan: Plan, *, processes: int, say: Say) -> int:
    """Staff, furnish and fill; returns the number of dossiers. What is there already stays."""
    _begin(plan)
    with _pool(processes) as pool:
        _each(pool, _prepare, plan, _shares(plan.codes, processes), say, "biên chế")
        counts = _each(pool, _fill, plan, [(code,) for code in plan.codes], say, "hồ sơ")
    _certify(plan)
    say("    cộng số liệu các ngày đã qua, kiểm tra sổ thẩm quyền")
    roll_up_missing(at=plan.now)
    produce_reports(actor=SYSTEM, day=plan.now.date())
    run_proof(actor=SYSTEM)
    with transaction.atomic():
        marks.write(marks.DONE, plan.now.isoformat())
        marks.write(marks.GROUND, plan.now.isoformat())
    return counts


def prepare(plan: Plan, *, processes: int, say: Say) -> None:
    """Mark the database, and staff and furnish the plan's units; no dossier. What is there already stays."""
    if marks.read(marks.GROUND) is not None:
        return
    _begin(plan)
    with _pool(processes) as pool:
        _each(pool, _prepare, plan, _shares(plan.codes, processes), say, "biên chế")
    with transaction.atomic():
        marks.write(marks.GROUND, plan.now.isoformat())


def _begin(plan: Plan) -> None:
    mark_demonstration()
    with transaction.atomic(), entered(SYSTEM):
        load_illustrative()
    ground.staff([plan.province], plan.password_hash)


def accounts(plan: Plan) -> list[dict[str, str]]:
    """Who can sign in and what to try: the main unit's posts and the city's."""
    main = plan.busy[0]
    crews = crews_of([plan.province, main], plan.now.date())
    tries = (
        (f"motcua1.{main}", "tiếp nhận một hồ sơ ở quầy, chỉ bằng bàn phím"),
        (f"vhxh1.{main}", "nhận xử lý, yêu cầu bổ sung, đề xuất và trình"),
        (f"truong.vhxh.{main}", "phân công việc mới của phòng"),
        (f"chutich.{main}", "phê duyệt hoặc trả lại; xem tình hình đơn vị"),
        (f"phochutich2.{main}", "chọn vị trí Giám đốc Trung tâm hay Phó Chủ tịch"),
        (f"quantri.{main}", "quản trị đơn vị: cán bộ, tài khoản, thiết lập, bảng kiểm sẵn sàng"),
        (f"thanhpho.{plan.province}", "xem số liệu của mọi phường, xã; phân xử hồ sơ bị từ chối nhận"),
    )
    titles = {name: title for crew in crews.values() for name, title in crew.usernames.items()}
    units = {name: crew.unit_name for crew in crews.values() for name in crew.usernames}
    return [
        {
            "username": name,
            "password": ground.PASSWORD,
            "title": f"{titles[name]}, {units[name]}",
            "try": what,
        }
        for name, what in tries
        if name in titles
    ]


def write_accounts(plan: Plan, folder: Path) -> Path:
    """Keep the accounts for whoever starts the product."""
    file = folder / "demo-accounts.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(accounts(plan), ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(file)
    return file


class _Here:
    """A pool of none: the work is done in this process (one processor, or a test's transaction)."""

    def __enter__(self) -> "_Here":
        return self

    def __exit__(self, *error: object) -> None:
        return None


def _pool(processes: int) -> "ProcessPoolExecutor | _Here":
    if processes < 2:
        return _Here()
    # Spawned, not forked: a connection must not be shared with a child.
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=django.setup)


def _each(
    pool: "ProcessPoolExecutor | _Here",
    work: Callable[[Plan, Sequence[str]], int],
    plan: Plan,
    shares: Sequence[Sequence[str]],
    say: Say,
    what: str,
) -> int:
    """Do all shares; tell at every fifth of the way how far it is. Returns the sum."""
    total, told, done = 0, 0, 0
    if isinstance(pool, _Here):
        results = (work(plan, share) for share in shares)
    else:
        futures = {pool.submit(work, plan, share): share for share in shares}
        results = (future.result() for future in as_completed(futures))
    for count in results:
        total, done = total + count, done + 1
        if done * 5 // len(shares) > told:
            told = done * 5 // len(shares)
            say(f"    {what}: {told * 20} %")
    return total


def _shares(codes: Sequence[str], processes: int) -> list[Sequence[str]]:
    size = max(1, min(LARGEST_SHARE, -(-len(codes) // max(processes, 1))))
    return [codes[start : start + size] for start in range(0, len(codes), size)]


def _prepare(plan: Plan, codes: Sequence[str]) -> int:
    """Staff and furnish a share of the units and say who answers for which field."""
    day = plan.now.date()
    ground.staff(codes, plan.password_hash)
    crews = crews_of(codes, day)
    kinds: dict[str, str] = {}
    for code in codes:
        ground.furnish(unit_by_code(code, day))
        kinds = kinds or ground.kinds_of_fields(_fields(plan), crews[code].unit_id)
        is_busy = code in plan.busy
        wanted = kinds if is_busy else dict(list(kinds.items())[:COMMON_FIELDS])
        ground.assign_fields(crews[code], wanted, to_posts=is_busy)
        mandate.delegate_certification(crews[code], number=plan.codes.index(code), on=day)
    forget_units()
    return len(codes)


def _certify(plan: Plan) -> None:
    """Some certifications in the busy units, signed under the delegations."""
    crews = crews_of(plan.busy, plan.now.date())
    for code in plan.busy:
        mandate.certify(crews[code], number=plan.codes.index(code), now=plan.now)


def _fields(plan: Plan) -> dict[str, str]:
    """Each field of the plays with one of its tasks, the most used first."""
    found: dict[str, str] = {}
    for code, terms in catalogue(plan.now.date()).items():
        found.setdefault(terms.field, code)
    return found


def _fill(plan: Plan, codes: Sequence[str]) -> int:
    place = {code: number for number, code in enumerate(plan.codes)}
    return sum(
        fill(code, busy=plan.busy, scale=plan.scale, first=place[code], now=plan.now) for code in codes
    )
