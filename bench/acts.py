"""The product's own acts, in processes, through the same actions that pages call."""

import time
from collections.abc import Callable
from multiprocessing import get_context
from statistics import median
from uuid import uuid4

PROCEDURE = "1.001193"
PROVINCE = "79"
CODES = ("27475", "27286", "27478", "27487", "27418", "27655")


def lay() -> None:
    """Seeds and officers of six units, in a database marked as demonstration; as the owner."""
    from tests.cast import lay_ground

    lay_ground()


def rates(kind: str, *, clients: int, seconds: int) -> tuple[float, float, int, float]:
    """(acts a second over all clients, median ms of one, statements of one, CPU ms of one)."""
    with get_context("spawn").Pool(clients) as pool:
        found = pool.starmap(_client, [(kind, number, seconds) for number in range(clients)])
    times = [spent for own, _, _ in found for spent in own]
    cpu = sum(used for _, _, used in found) / max(len(times), 1)
    return len(times) / seconds, median(times) * 1000, found[0][1], cpu * 1000


def _client(kind: str, number: int, seconds: int) -> tuple[list[float], int, float]:
    import django

    django.setup()
    from django.db import connection

    act = _ACTS[kind](number)
    act(0)
    connection.force_debug_cursor = True
    before = len(connection.queries)
    act(1)
    statements = [q["sql"] for q in connection.queries[before:]]
    counted = [
        sql
        for sql in statements
        if not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SELECT set_config"))
    ]
    connection.force_debug_cursor = False
    times, turn, began = list[float](), 2, time.process_time()
    end = time.perf_counter() + seconds
    while (start := time.perf_counter()) < end:
        act(turn)
        times.append(time.perf_counter() - start)
        turn += 1
    return times, len(counted), time.process_time() - began


def _create(number: int) -> Callable[[int], None]:
    from lienthong.core.scope.actions import entered
    from lienthong.work.dossiers.actions.receive import receive_dossier
    from tests.cast import Cast
    from tests.work.dossiers.stage import intake

    clerk = Cast().of(f"motcua{1 + number % 2}.{CODES[number % 6]}")

    def act(turn: int) -> None:
        with entered(clerk):
            wanted = intake(number=f"079{number:03d}{turn:06d}")
            receive_dossier(actor=clerk, key=uuid4(), intake=wanted)

    return act


def _step(number: int) -> Callable[[int], None]:
    """Assign and assign again: one step whose history grows; its cost must not."""
    from lienthong.core.scope.actions import entered
    from lienthong.people.organisation.enums import BodyKind
    from lienthong.work.dossiers.actions.process import assign_dossier
    from tests.cast import Cast
    from tests.work.dossiers.stage import received

    cast, code = Cast(), CODES[number % 6]
    head = cast.head_of(BodyKind.OFFICE, code)
    posts = [cast.specialist_in(BodyKind.OFFICE, which, code).acting_post for which in (1, 2)]
    got = received(cast.of(f"motcua1.{code}"), number=f"079{number:03d}999999")

    def act(turn: int) -> None:
        with entered(head):
            assign_dossier(actor=head, dossier_id=got.dossier_id, key=uuid4(), to_post_id=posts[turn % 2])

    return act


def _worklist(number: int) -> Callable[[int], None]:
    from lienthong.core.scope.actions import entered
    from lienthong.core.workdays.queries import now
    from lienthong.facilities.casework.queries import worklist
    from lienthong.facilities.casework.values import Filter
    from tests.cast import Cast

    clerk = Cast().of(f"motcua1.{CODES[number % 6]}")

    def act(turn: int) -> None:
        with entered(clerk):
            worklist(clerk, Filter(whose="unit", limit=100), now())

    return act


_ACTS = {"create": _create, "step": _step, "worklist": _worklist}
