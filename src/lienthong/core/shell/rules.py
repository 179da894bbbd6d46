"""Words for dates, numbers and due times: pure functions, tested by themselves."""

import re
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.core.shell.values import Due, DueTone

DAY_MINUTES = 480


def vn_date(value: date | datetime | None) -> str:
    """12/03/2026, in the office's own time zone."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def vn_time(value: datetime | None) -> str:
    """08:30."""
    if value is None or value == "":
        return ""
    if timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%H:%M}"


def vn_datetime(value: datetime | None) -> str:
    """12/03/2026 17:00."""
    return f"{vn_date(value)} {vn_time(value)}".strip()


def vn_number(value: float | str | None) -> str:
    """66.000 and 93,4: a point for thousands, a comma for decimals."""
    if value is None or value == "":
        return ""
    try:
        text = f"{int(value):,}" if float(value) == int(float(value)) else f"{float(value):,.1f}"
    except ValueError:
        return str(value)
    return text.translate(str.maketrans(",.", ".,"))


def code_groups(code: str) -> list[str]:
    """The parts a reader sees: a code at its hyphens, a long number by threes."""
    if re.fullmatch(r"\d{9,}", code):
        return re.findall(r"\d{1,3}", code)
    return re.findall(r"[^-]+-?", code)


def span_words(minutes: int) -> str:
    """A working span in its largest whole unit: 3 ngày làm việc, 2 giờ làm việc, 25 phút."""
    if minutes >= DAY_MINUTES:
        return _("%(count)s ngày làm việc") % {"count": minutes // DAY_MINUTES}
    if minutes >= 60:
        return _("%(count)s giờ làm việc") % {"count": minutes // 60}
    return _("%(count)s phút") % {"count": max(minutes, 0)}


def calendar_words(minutes: int) -> str:
    """The same by the clock on the wall, for a due time whose working minutes are not known."""
    if minutes >= 1440:
        return _("%(count)s ngày") % {"count": minutes // 1440}
    if minutes >= 60:
        return _("%(count)s giờ") % {"count": minutes // 60}
    return _("%(count)s phút") % {"count": max(minutes, 0)}


def due_words(
    *,
    due_at: datetime | None,
    now: datetime,
    remaining_minutes: int | None = None,
    closed_at: datetime | None = None,
    paused: bool = False,
    total_minutes: int | None = None,
    soon_minutes: int = DAY_MINUTES,
) -> Due:
    """What is left, in words. `remaining_minutes` are working minutes, negative when late."""
    if closed_at is not None:
        late = due_at is not None and closed_at > due_at
        return Due("late" if late else "closed", _("xong trễ hạn") if late else _("xong đúng hạn"), due_at)
    if paused:
        return Due("paused", _paused_words(remaining_minutes))
    if due_at is None:
        return Due("none", _("chưa có hạn"))
    working = remaining_minutes is not None
    left = remaining_minutes if remaining_minutes is not None else int((due_at - now).total_seconds() // 60)
    span = span_words(abs(left)) if working else calendar_words(abs(left))
    share = min(100, max(0, round(100 * (total_minutes - left) / total_minutes))) if total_minutes else None
    if now > due_at and not left:
        return Due("late", _("vừa quá hạn"), due_at, share)
    if now > due_at:
        return Due("late", _("quá hạn %(span)s") % {"span": span}, due_at, share)
    tone: DueTone = "soon" if left <= soon_minutes else "ok"
    return Due(tone, _("còn %(span)s") % {"span": span}, due_at, share)


def _paused_words(remaining_minutes: int | None) -> str:
    if remaining_minutes is None:
        return _("đang tạm dừng tính hạn")
    return _("tạm dừng, còn %(span)s") % {"span": span_words(remaining_minutes)}
