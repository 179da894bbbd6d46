"""What the register says of one task in one unit on one day: the statement's parts, and its row as a Standing."""

from typing import Any

from lienthong.mandate.competence.enums import Reach
from lienthong.mandate.competence.rules.conclude import Seat, Standing, partners
from lienthong.mandate.competence.values import Link, Partner

PRESENT = "superseded_at IS NULL"
AS_KNOWN = (
    "recorded_at <= %(known)s::timestamptz"
    " AND (x.superseded_at IS NULL OR x.superseded_at > %(known)s::timestamptz)"
)

# The total order of rules: the narrower reach wins; within one reach a rule for the task beats its field's.
# A rule or a basis holds no longer than its instrument. Who answers for a post: its holder unless absent, else the
# substitute; for the Chair at last the one away.
GROUND = """
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
  WHERE t.code = %(task)s::text AND (t.valid_during IS NULL OR t.valid_during @> %(day)s::date)
), basis AS (
  SELECT x.id, x.subject_key = task.subjects[1] AS is_own, i.kind, i.number, i.title, x.article, x.confidence,
         x.valid_during AS stated, x.valid_during * coalesce(i.valid_during, '(,)') AS valid_during,
         (x.valid_during * coalesce(i.valid_during, '(,)')) @> %(day)s::date AS holds
  FROM task JOIN competence_taskbasis x ON x.subject_key = ANY (task.subjects)
  JOIN instruments_instrument i ON i.id = x.instrument_id
  WHERE x.{stands} AND NOT isempty(x.valid_during)
), held AS (
  SELECT x.id, x.role, x.body_kind, x.post_kind, x.article, x.confidence, i.kind, i.number, i.title,
         x.valid_during * coalesce(i.valid_during, '(,)') AS valid_during,
         array_position(place.reaches, x.reach_key::text) AS reach,
         array_position(task.subjects, x.subject_key::text) AS subject
  FROM competence_competencerule x JOIN instruments_instrument i ON i.id = x.instrument_id, task, place
  WHERE x.{stands} AND x.valid_during @> %(day)s::date
    AND (i.valid_during IS NULL OR i.valid_during @> %(day)s::date)
    AND x.subject_key = ANY (task.subjects) AND x.reach_key = ANY (place.reaches)
), rule AS (
  SELECT * FROM held WHERE role = 'lead' ORDER BY reach, subject LIMIT 1
), body AS (
  SELECT b.id, b.kind FROM organisation_body b JOIN rule ON rule.body_kind = b.kind
  WHERE b.unit_id = %(unit)s::bigint AND b.valid_during @> %(day)s::date ORDER BY b.id LIMIT 1
), seat AS (
  (SELECT DISTINCT ON (x.duty) x.duty AS name, x.post_id, p.kind, x.instrument_text, x.valid_during
   FROM competence_workassignment x
   JOIN organisation_post p
     ON p.id = x.post_id AND p.unit_id = x.unit_id AND p.valid_during @> %(day)s::date, task
   WHERE x.unit_id = %(unit)s::bigint AND x.{stands}
     AND x.subject_key = ANY (task.subjects) AND x.valid_during @> %(day)s::date
     AND (x.duty IN ({duties}) OR x.duty = 'processing' AND p.body_id = (SELECT id FROM body))
   ORDER BY x.duty, array_position(task.subjects, x.subject_key::text))
  UNION ALL
  (SELECT CASE rule.post_kind WHEN '' THEN 'head' ELSE 'in_person' END, p.id, p.kind, '', NULL
   FROM organisation_post p, body, rule
   WHERE p.unit_id = %(unit)s::bigint AND p.valid_during @> %(day)s::date
     AND CASE WHEN rule.post_kind <> '' THEN p.kind = rule.post_kind ELSE p.body_id = body.id AND p.kind =
       CASE body.kind WHEN 'service_centre' THEN 'centre_director' WHEN 'committee' THEN 'chair'
       WHEN 'party_committee' THEN 'party_secretary' ELSE 'department_head' END END
   ORDER BY p.body_id <> body.id, p.rank, p.id LIMIT 1)
  UNION ALL
  (SELECT 'chair', p.id, p.kind, '', NULL FROM organisation_post p
   WHERE p.unit_id = %(unit)s::bigint AND p.kind = 'chair' AND p.valid_during @> %(day)s::date
   ORDER BY p.rank, p.id LIMIT 1)
)
"""
FOUND = """
SELECT (SELECT row_to_json(task) FROM task), (SELECT row_to_json(rule) FROM rule), (SELECT id FROM body),
  (SELECT json_agg(row_to_json(basis) ORDER BY basis.id) FROM basis),
  (SELECT json_agg(json_build_array(held.body_kind, held.post_kind, (
      SELECT b.id FROM organisation_body b WHERE b.unit_id = %(unit)s::bigint AND b.kind = held.body_kind
        AND b.valid_during @> %(day)s::date ORDER BY b.id LIMIT 1)) ORDER BY held.reach, held.subject, held.id)
   FROM held WHERE held.role = 'coordinating'),
  (SELECT json_object_agg(seat.name, json_build_object(
      'post_id', seat.post_id, 'kind', seat.kind, 'text', seat.instrument_text,
      'valid_during', seat.valid_during, 'holder_id', ap.person_id,
      'may_stand_in', seat.kind <> 'chair' OR ab.substitute_id IS NULL OR EXISTS (
        SELECT FROM organisation_appointment own JOIN organisation_post p ON p.id = own.post_id
        WHERE own.person_id = ab.substitute_id AND own.valid_during @> %(day)s::date
          AND p.unit_id = %(unit)s::bigint AND p.kind = 'vice_chair'),
      'person_id', CASE WHEN ab.id IS NULL THEN ap.person_id
                        WHEN seat.name = 'chair' THEN coalesce(ab.substitute_id, ap.person_id)
                        ELSE ab.substitute_id END))
   FROM seat
   LEFT JOIN organisation_appointment ap ON ap.post_id = seat.post_id AND ap.valid_during @> %(day)s::date
   LEFT JOIN organisation_absence ab ON ab.post_id = seat.post_id AND ab.valid_during @> %(day)s::date)
"""

# The unbroken time of a paper's grantor and grantee in their posts, since it was signed and since its first day:
# appointments without a day between them are one, one that was taken up again later is not the one that ended.
SIDES = """
LEFT JOIN LATERAL (
  SELECT held.whole FROM (SELECT unnest(range_agg(ap.valid_during)) AS whole FROM organisation_appointment ap
    WHERE ap.post_id = d.grantor_post_id AND ap.person_id = d.grantor_person_id) held
  WHERE held.whole @> least(d.signed_on, lower(d.valid_during))) grantor ON true
LEFT JOIN LATERAL (
  SELECT held.whole FROM (SELECT unnest(range_agg(ap.valid_during)) AS whole FROM organisation_appointment ap
    WHERE ap.post_id = d.grantee_post_id AND ap.person_id = d.grantee_person_id) held
  WHERE held.whole @> lower(d.valid_during)) grantee ON true
"""


def standing_of(row: tuple[Any, ...]) -> Standing:
    """The row of FOUND as what stands on the way from the task to a person."""
    task, rule, body_id, bases, coordinating, found = row
    seats = found or {}
    counted = _counted(bases or [])
    held = [basis for basis in counted if basis["holds"]]
    return Standing(
        task is not None,
        bool(counted) and not held,
        rule is not None,
        rule["post_kind"] if rule else "",
        body_id,
        _law(task, rule, held or counted),
        _seat(seats.get("processing"), "assignment"),
        _seat(seats.get("approval"), "approval_assignment"),
        _seat(seats.get("head")),
        _seat(seats.get("in_person")),
        _seat(seats.get("chair")),
        partners(Partner(*one) for one in coordinating) if coordinating else (),
    )


def days_of(during: str | None) -> tuple[str, str]:
    """First day, and first day no longer covered, of a range in PostgreSQL's text form; "" where open."""
    start, _comma, end = (during or "").strip("[)(]").partition(",")
    return start, end


def _counted(bases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A task with bases of its own goes by them, else by its field's."""
    return [basis for basis in bases if basis["is_own"]] or bases


def _law(
    task: dict[str, Any] | None, rule: dict[str, Any] | None, bases: list[dict[str, Any]]
) -> tuple[Link, ...]:
    """By which the task is the unit's, the decree that divides, the decision that promulgates."""
    links = [_instrument(basis, basis["article"], "basis") for basis in bases]
    if rule:
        why = f"{tuple(Reach)[rule['reach'] - 1].value}:{'task' if rule['subject'] == 1 else 'field'}"
        links.append(_instrument(rule, rule["article"], why))
    if task and task["number"]:
        links.append(_instrument(task, "", "promulgates"))
    return tuple(links)


def _instrument(row: dict[str, Any], article: str, says: str) -> Link:
    text = " ".join(part for part in (row["number"], row["title"]) if part)
    during = row["stated"] if row["valid_during"] == "empty" else row["valid_during"]
    return Link(row["kind"], text, article, row["confidence"], *days_of(during), says)


def _seat(row: dict[str, Any] | None, paper: str = "") -> Seat | None:
    if row is None:
        return None
    link = Link(paper, row["text"], "", "", *days_of(row["valid_during"])) if paper else None
    return Seat(row["post_id"], row["person_id"], link)
