"""Who is responsible for this task, at this place, at this moment, and why."""

from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.queries import ask
from lienthong.lib.calendar.days import VIETNAM
from lienthong.mandate.competence.enums import Finding
from lienthong.mandate.competence.values import Answer, Link

# The total order of rules: the narrower reach wins; within one reach a rule for the task beats its field's.
# Who answers for a post: its holder unless absent, else the substitute; for the Chair at last the one away.
_ANSWER = """
WITH place AS (
  SELECT u.id, ARRAY[
      'unit:' || u.code, 'type_in_province:' || f.unit_type || ':' || p.code, 'province:' || p.code,
      'type:' || f.unit_type, 'country'] AS reaches
  FROM organisation_adminunit u
  LEFT JOIN organisation_adminunit p ON p.id = u.parent_id
  LEFT JOIN organisation_unitfact f ON f.unit_id = u.id AND f.valid_during @> %(day)s::date
  WHERE u.id = %(unit)s::bigint
), task AS (
  SELECT ARRAY['task:' || t.code, 'field:' || t.field] AS subjects,
         i.kind, i.number, i.title, i.confidence, i.valid_during
  FROM competence_task t LEFT JOIN instruments_instrument i ON i.id = t.instrument_id
  WHERE t.code = %(task)s::text
), rule AS (
  SELECT r.body_kind, r.article, r.confidence, r.valid_during, i.kind, i.number, i.title
  FROM competence_competencerule r JOIN instruments_instrument i ON i.id = r.instrument_id, task, place
  WHERE r.role = 'lead' AND r.superseded_at IS NULL AND r.valid_during @> %(day)s::date
    AND (i.valid_during IS NULL OR i.valid_during @> %(day)s::date)
    AND r.subject_key = ANY (task.subjects) AND r.reach_key = ANY (place.reaches)
  ORDER BY array_position(place.reaches, r.reach_key::text),
           array_position(task.subjects, r.subject_key::text) LIMIT 1
), body AS (
  SELECT b.id, b.kind FROM organisation_body b JOIN rule ON rule.body_kind = b.kind
  WHERE b.unit_id = %(unit)s::bigint AND b.valid_during @> %(day)s::date ORDER BY b.id LIMIT 1
), seat AS (
  (SELECT DISTINCT ON (wa.duty) wa.duty AS name, wa.post_id, wa.instrument_text, wa.valid_during
   FROM competence_workassignment wa
   JOIN organisation_post p ON p.id = wa.post_id AND p.valid_during @> %(day)s::date, task
   WHERE wa.unit_id = %(unit)s::bigint AND wa.superseded_at IS NULL
     AND wa.subject_key = ANY (task.subjects) AND wa.valid_during @> %(day)s::date
     AND (wa.duty = 'approval' OR wa.duty = 'processing' AND p.body_id = (SELECT id FROM body))
   ORDER BY wa.duty, array_position(task.subjects, wa.subject_key::text))
  UNION ALL
  (SELECT 'head', p.id, '', NULL FROM organisation_post p JOIN body ON body.id = p.body_id
   WHERE p.valid_during @> %(day)s::date AND p.kind = CASE body.kind
     WHEN 'service_centre' THEN 'centre_director' WHEN 'committee' THEN 'chair'
     WHEN 'party_committee' THEN 'party_secretary' ELSE 'department_head' END
   ORDER BY p.rank, p.id LIMIT 1)
  UNION ALL
  (SELECT 'chair', p.id, '', NULL FROM organisation_post p
   WHERE p.unit_id = %(unit)s::bigint AND p.kind = 'chair' AND p.valid_during @> %(day)s::date
   ORDER BY p.rank, p.id LIMIT 1)
)
SELECT (SELECT row_to_json(task) FROM task), (SELECT row_to_json(rule) FROM rule), (SELECT id FROM body),
  (SELECT json_object_agg(seat.name, json_build_object(
      'post_id', seat.post_id, 'text', seat.instrument_text, 'valid_during', seat.valid_during,
      'person_id', CASE WHEN ab.id IS NULL THEN ap.person_id
                        WHEN seat.name = 'chair' THEN coalesce(ab.substitute_id, ap.person_id)
                        ELSE ab.substitute_id END))
   FROM seat
   LEFT JOIN organisation_appointment ap ON ap.post_id = seat.post_id AND ap.valid_during @> %(day)s::date
   LEFT JOIN organisation_absence ab ON ab.post_id = seat.post_id AND ab.valid_during @> %(day)s::date)
FROM place
"""


def responsible_for(task_code: str, place_unit_id: int, at: datetime | date) -> Answer:
    """The answer for a task in a unit on the day of `at` (in Vietnam). One statement.

    Always names a post where the unit has a Chair; `finding` says what the register lacks (enums.Finding).
    A holder who is away is stood in for by the substitute, else the body's head, else the Chair; at the very
    last by the Chair though away.
    Raises NotFound for a unit that does not exist.
    """
    day = at.astimezone(VIETNAM).date() if isinstance(at, datetime) else at
    rows = ask(_ANSWER, {"task": task_code, "unit": place_unit_id, "day": day})
    if not rows:
        raise NotFound
    task, rule, body_id, found = rows[0]
    seats: dict[str, dict[str, Any]] = found or {}
    own = seats.get("processing") or seats.get("head")
    chair = seats.get("chair")
    finding = _finding(task, rule, body_id, own)
    is_known = own is not None and finding in ("", Finding.NO_HOLDER)
    answering = [own, seats.get("head"), chair] if is_known else [chair]
    leading = seats.get("approval") or chair
    post = answering[0]
    return Answer(
        unit_id=place_unit_id,
        body_id=body_id,
        post_id=post["post_id"] if post else None,
        person_id=_person_of(answering),
        leader_post_id=leading["post_id"] if leading else None,
        leader_person_id=_person_of([leading, chair]),
        chain=_chain(task, rule, seats),
        finding=finding if post else Finding.NO_CHAIR.value,
    )


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
    lines += [_("Căn cứ: {link}").format(link=_in_words(link)) for link in answer.chain]
    if answer.finding:
        lines.append(_("Thiếu: {finding}").format(finding=Finding(answer.finding).label))
    return lines


def _finding(task: object, rule: object, body_id: int | None, own: dict[str, Any] | None) -> str:
    """The first thing missing on the way from the task to a person; "" where nothing is."""
    steps = (
        (task, Finding.NO_TASK),
        (rule, Finding.NO_RULE),
        (body_id, Finding.NO_BODY),
        (own, Finding.NO_POST),
        (own and own["person_id"], Finding.NO_HOLDER),
    )
    return next((str(finding.value) for found, finding in steps if found is None), "")


def _person_of(seats: list[dict[str, Any] | None]) -> int | None:
    return next((int(seat["person_id"]) for seat in seats if seat and seat["person_id"]), None)


def _chain(
    task: dict[str, Any] | None, rule: dict[str, Any] | None, seats: dict[str, dict[str, Any]]
) -> tuple[Link, ...]:
    """The decree that divides, the decision that promulgates, the assignments inside the unit."""
    links = [_instrument_link(rule, rule["article"])] if rule else []
    if task and task["number"]:
        links.append(_instrument_link(task, ""))
    assigned = (("assignment", "processing"), ("approval_assignment", "approval"))
    return (*links, *(_assignment_link(kind, seats[name]) for kind, name in assigned if name in seats))


def _instrument_link(row: dict[str, Any], article: str) -> Link:
    text = " ".join(part for part in (row["number"], row["title"]) if part)
    return Link(row["kind"], text, article, row["confidence"], *_days(row["valid_during"]))


def _assignment_link(kind: str, row: dict[str, Any]) -> Link:
    return Link(kind, row["text"], "", "", *_days(row["valid_during"]))


def _days(during: str | None) -> tuple[str, str]:
    """First day, and first day no longer covered, of a range in PostgreSQL's text form; "" where open."""
    start, _comma, end = (during or "").strip("[)(]").partition(",")
    return start, end


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


def _in_words(link: Link) -> str:
    parts = [link.text or _("Phân công trong đơn vị"), link.article]
    if link.valid_from:
        parts.append(_("từ {day}").format(day=link.valid_from))
    if link.valid_to:
        parts.append(_("trước {day}").format(day=link.valid_to))
    return ", ".join(part for part in parts if part)
