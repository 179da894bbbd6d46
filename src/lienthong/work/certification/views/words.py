"""Words of certification's pages: the tone of a state, what comes next, what is left of the time."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lienthong.core.shell.rules import due_words
from lienthong.core.shell.values import Due
from lienthong.core.workdays.queries import calendar_for
from lienthong.lib.calendar import working_minutes_between
from lienthong.work.certification.enums import CertificationState as S

TONES: dict[str, str] = {
    S.RECEIVED: "approval",
    S.SIGNED: "done",
    S.RETURNED: "ended",
    S.REFUSED: "stopped",
    S.WITHDRAWN: "stopped",
}
NEXT: dict[str, tuple[Any, Any]] = {
    S.RECEIVED: (_("Ký chứng thực"), _("người có thẩm quyền, hoặc người được ủy quyền")),
    S.SIGNED: (_("Trả giấy tờ, thu phí"), _("cán bộ một cửa")),
}
ENTRY_TONES = {
    "certification.signed": "done",
    "certification.attested_at_once": "done",
    "certification.returned": "done",
    "certification.refused": "late",
    "certification.withdrawn": "late",
    "certification.extended": "late",
    "certification.number_voided": "late",
}


def due_of(case: Any, at: datetime) -> Due:
    """What is left of a case's time, in working time."""
    left = None
    if case.due_at is not None and case.closed_at is None:
        early, late = sorted((at, case.due_at))
        left = working_minutes_between(early, late, calendar_for()) * (1 if at <= case.due_at else -1)
    return due_words(due_at=case.due_at, now=at, remaining_minutes=left, closed_at=case.closed_at)


def state_of(case: Any) -> tuple[str, str]:
    """Tone and word of a case's state."""
    return TONES.get(case.state, ""), str(S(case.state).label)
