"""What a simulation ends with: what stands where, how well it went, how quick it was, and whether the promise held."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection

from lienthong.console.invariants import check_all
from lienthong.console.simulate.run import Done, Order, dossiers_there
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.casework.enums import Outcome
from lienthong.work.dossiers.enums import Channel, DossierState

_COUNTS = """
SELECT c.state, d.channel, count(*) FROM casework_case c JOIN dossiers_dossier d ON d.case_id = c.id
GROUP BY 1, 2 ORDER BY 1, 2
"""
_SHARES = """
SELECT count(*), count(*) FILTER (WHERE c.outcome = %(done)s), count(*) FILTER (WHERE c.outcome = %(done)s AND c.on_time),
       count(*) FILTER (WHERE d.channel = 'online'), count(*) FILTER (WHERE d.at_once),
       count(*) FILTER (WHERE d.supplement_count > 0),
       count(*) FILTER (WHERE EXISTS (SELECT 1 FROM casework_handover h WHERE h.case_id = c.id)),
       count(*) FILTER (WHERE c.hops > 0), count(*) FILTER (WHERE c.extensions > 0),
       count(*) FILTER (WHERE c.closed_at IS NULL), count(*) FILTER (WHERE c.closed_at IS NULL AND c.due_at < %(until)s)
FROM casework_case c JOIN dossiers_dossier d ON d.case_id = c.id
"""
_ACTS = """
SELECT count(*), count(DISTINCT e.case_id) FROM journal_entry e
JOIN casework_case c ON c.id = e.case_id WHERE c.outcome = %(done)s AND c.state = 'returned'
"""


def report(order: Order, done: Done, seconds: float, until: datetime, *, say: Callable[[str], None]) -> int:
    """Tell it; 1 where anything was refused, missing or broken, else 0."""
    say(
        f"\nMô phỏng {order.dossiers} hồ sơ, {order.days} ngày làm việc đến {until:%d/%m/%Y}, seed {order.seed}"
    )
    with entered(SYSTEM):
        _tell_states(_rows(_COUNTS), say)
        values = {"done": Outcome.DONE.value, "until": until}
        ((acts, cases),) = _rows(_ACTS, values)
        _tell_shares(_rows(_SHARES, values)[0], say)
    say(
        f"  {acts / cases:.1f} thao tác mỗi hồ sơ đã trả kết quả ({cases} hồ sơ)"
        if cases
        else "  chưa hồ sơ nào đã trả"
    )
    rate = done.acts / seconds if seconds else 0
    say(f"  lần chạy này: {done.acts} thao tác trong {seconds:.0f} giây, {rate:.0f} thao tác/giây")
    for words, count in done.refused.most_common(10):
        say(f"  KHÔNG LÀM ĐƯỢC {count} lần: {words}")
    missing = order.dossiers - dossiers_there(order)
    if missing:
        say(f"  THIẾU {missing} hồ sơ trong số {order.dossiers} hồ sơ của kế hoạch")
    return max(bool(done.refused or missing), _tell_invariants(say))


def _tell_states(rows: list[tuple[Any, ...]], say: Callable[[str], None]) -> None:
    channels = [channel for channel in Channel if any(row[1] == channel for row in rows)]
    counts = {(state, channel): count for state, channel, count in rows}
    say("  " + f"{'trạng thái':<26}" + "".join(f"{channel.label:>20}" for channel in channels))
    for state in DossierState:
        if any(row[0] == state for row in rows):
            told = "".join(f"{counts.get((state, channel), 0):>20}" for channel in channels)
            say(f"  {state.label:<26}{told}")


def _tell_shares(row: tuple[Any, ...], say: Callable[[str], None]) -> None:
    whole, finished, on_time, online, at_once, lacking, offered, moved, late, still, overdue = row
    say(
        f"  đúng hạn {_share(on_time, finished)} của {finished} hồ sơ đã giải quyết; trực tuyến {_share(online, whole)};"
        f" lấy ngay {_share(at_once, whole)}; yêu cầu bổ sung {_share(lacking, whole)}"
    )
    say(
        f"  đề nghị bàn giao {_share(offered, whole)}, đã bàn giao {_share(moved, whole)};"
        f" xin lỗi, hẹn lại {_share(late, whole)}; đang giải quyết {still}, trong đó quá hạn {overdue}"
    )


def _tell_invariants(say: Callable[[str], None]) -> int:
    broken = 0
    for finding in check_all():
        broken += finding.broken
        say(f"  {finding.looked_at:>9}  {finding.broken:>6}  {finding.name}")
    say(f"  Có {broken} vi phạm." if broken else "  Bất biến: không vi phạm.")
    return int(broken > 0)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _rows(statement: str, values: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
