"""Who is responsible for this task, at this place, at this moment, and why."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from lienthong.core.instruments.enums import Confidence, LinkKind
from lienthong.core.instruments.queries import changes_to
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.queries import ask
from lienthong.lib.calendar.days import VIETNAM
from lienthong.lib.dates import format_date
from lienthong.mandate.competence.enums import Finding, Reach
from lienthong.mandate.competence.queries.ground import AS_KNOWN, FOUND, GROUND, PRESENT, standing_of
from lienthong.mandate.competence.rules.conclude import concluded, own_post
from lienthong.mandate.competence.values import Answer, Link
from lienthong.people.organisation.enums import BodyKind

_STATEMENT = f"{GROUND} {FOUND} FROM place".replace("{duties}", "'approval'")
_ANSWER = _STATEMENT.replace("{stands}", PRESENT)
_AS_KNOWN = _STATEMENT.replace("{stands}", AS_KNOWN)


def day_of(at: datetime | date) -> date:
    """The day of a moment in Vietnam."""
    return at.astimezone(VIETNAM).date() if isinstance(at, datetime) else at


def responsible_for(
    task_code: str, place_unit_id: int, at: datetime | date, *, known_at: datetime | None = None
) -> Answer:
    """The answer for a task in a unit on the day of `at` (in Vietnam). One statement.

    `known_at`: by what the register said at that moment of its rules, bases and assignments (who holds a post is
    always as recorded now). Always names a post where the unit has a Chair; `finding` says what the register lacks
    (enums.Finding). A holder who is away is stood in for by the substitute, else the body's head, else the Chair;
    at the very last by the Chair though away.
    Raises NotFound for a unit that does not exist.
    """
    values: dict[str, Any] = {"task": task_code, "unit": place_unit_id, "day": day_of(at)}
    rows = ask(_ANSWER, values) if known_at is None else ask(_AS_KNOWN, {**values, "known": known_at})
    if not rows:
        raise NotFound
    return concluded(place_unit_id, standing_of(rows[0]))


def owning_post(task_code: str, unit_id: int, on: date) -> int | None:
    """The post whose own the competence is on the day: by the rule, else the Chair. One statement. Raises NotFound."""
    rows = ask(_ANSWER, {"task": task_code, "unit": unit_id, "day": on})
    if not rows:
        raise NotFound
    own = own_post(standing_of(rows[0]))
    return own.post_id if own else None


def explain(answer: Answer) -> list[str]:
    """The answer in lines for a terminal: names where there are any, the chain, and what is missing."""
    names = _names(answer)
    lines = [
        _("Đơn vị: {name}").format(name=names["unit"]),
        _("Cơ quan, bộ phận: {name}").format(name=names["body"]),
        _("Vị trí chịu trách nhiệm: {name}").format(name=names["post"]),
        _("Người đang giữ: {name}").format(name=names["person"]),
        _("Lãnh đạo phụ trách: {name}").format(name=names["leader"]),
    ]
    if answer.coordinating:
        kinds = ", ".join(str(BodyKind(one.body_kind).label) for one in answer.coordinating)
        lines.append(_("Phối hợp: {names}").format(names=kinds))
    changed = changes_in_words(answer.chain)
    for link in answer.chain:
        lines.append(
            _("Căn cứ: {link}").format(link="; ".join((in_words(link), *changed.get(link.text, ()))))
        )
    if answer.finding:
        lines.append(_("Thiếu: {finding}").format(finding=Finding(answer.finding).label))
    return lines


def in_words(link: Link) -> str:
    """One link of the chain in words: what it says, since when, until when, and how sure the office is of it."""
    parts = [_PAPERS.get(link.kind, "{text}").format(text=link.text).strip(), link.article]
    if link.valid_from:
        parts.append(_("từ {day}").format(day=_day(link.valid_from)))
    if link.valid_to:
        parts.append(_("đến trước {day}").format(day=_day(link.valid_to)))
    if link.confidence and link.confidence != Confidence.VERIFIED:
        parts.append(str(Confidence(link.confidence).label))
    return ", ".join(part for part in parts if part)


def role_in_words(link: Link) -> str:
    """What a link is there for; of the rule that leads, by which reach it does (the narrower wins, then the task)."""
    reach, _colon, subject = link.says.partition(":")
    if subject:
        own = _("riêng nhiệm vụ này") if subject == "task" else _("cả lĩnh vực")
        return _("phân định: {reach}, {subject}").format(reach=Reach(reach).label, subject=own)
    return {"basis": _("giao thẩm quyền"), "promulgates": _("công bố")}.get(link.says, "")


def changes_in_words(chain: Iterable[Link]) -> dict[str, tuple[str, ...]]:
    """What later instruments did to those of a chain, by the link's text. One statement."""
    changed = changes_to(link.text for link in chain)
    return {text: tuple(_change(*one) for one in changes) for text, changes in changed.items()}


def _change(kind: str, number: str, since: date | None) -> str:
    """What a later instrument did to this one, as the source states it."""
    from_day = _("từ {day}").format(day=format_date(since)) if since else _("nguồn không nêu ngày")
    return f"{_CHANGED[kind].format(number=number)} ({from_day})"


_CHANGED = {
    LinkKind.AMENDS.value: "sửa đổi bởi {number}",
    LinkKind.REPLACES.value: "được thay thế bởi {number}",
    LinkKind.EXTENDS.value: "được kéo dài hiệu lực bởi {number}",
}
_PAPERS = {
    "assignment": "Phân công thụ lý {text}",
    "approval_assignment": "Phân công phụ trách {text}",
    "by_order_assignment": "Giao ký thừa lệnh {text}",
    "delegation": "Văn bản ủy quyền số {text}",
}

_NAMES = """
SELECT (SELECT f.name FROM organisation_unitfact f WHERE f.unit_id = %(unit)s
        ORDER BY f.valid_during DESC LIMIT 1),
       (SELECT name FROM organisation_body WHERE id = %(body)s),
       (SELECT title FROM organisation_post WHERE id = %(post)s),
       (SELECT name FROM organisation_person WHERE id = %(person)s),
       (SELECT title FROM organisation_post WHERE id = %(leader)s)
"""


def _names(answer: Answer) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            _NAMES,
            {
                "unit": answer.unit_id,
                "body": answer.body_id,
                "post": answer.post_id,
                "person": answer.person_id,
                "leader": answer.leader_post_id,
            },
        )
        row = cursor.fetchone()
    nobody = _("chưa xác định")
    return {
        key: name or nobody
        for key, name in zip(("unit", "body", "post", "person", "leader"), row, strict=True)
    }


def _day(text: str) -> str:
    return format_date(date.fromisoformat(text))
