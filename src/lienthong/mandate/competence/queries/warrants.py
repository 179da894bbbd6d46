"""Who may approve or sign here and now, by what right; and to whom it is refused, which paper has ended."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from lienthong.core.registry.values import NotFound, Refusal
from lienthong.core.scope.queries import ask
from lienthong.lib.dates import format_date
from lienthong.mandate.competence.enums import Capacity
from lienthong.mandate.competence.queries.answer import day_of, in_words
from lienthong.mandate.competence.queries.ground import (
    AS_KNOWN,
    FOUND,
    GROUND,
    PRESENT,
    SIDES,
    days_of,
    standing_of,
)
from lienthong.mandate.competence.rules.conclude import Standing, approving, own_post
from lienthong.mandate.competence.rules.paper import Paper, no_warrant, not_the_holder, why_not_effective
from lienthong.mandate.competence.values import Link, Warrant
from lienthong.people.organisation.enums import PostKind

# Every paper of the unit for this task and act, those that ended too: the refusal names the one.
_PAPERS = """
, paper AS (
  SELECT d.id, d.number, d.grantor_post_id, d.grantee_post_id, d.grantee_person_id, n.article, n.confidence,
    CASE WHEN {revoked} THEN d.revoked_on END AS revoked_on, d.valid_during, d.conditions,
    coalesce(grantor.whole @> %(day)s::date, false) AS grantor_holds,
    coalesce(grantee.whole @> %(day)s::date, false) AS grantee_holds,
    upper(grantor.whole) AS grantor_left, upper(grantee.whole) AS grantee_left
  FROM competence_delegation d JOIN competence_delegationnorm n ON n.id = d.norm_id {sides}
  WHERE d.unit_id = %(unit)s::bigint AND {recorded} AND EXISTS (
    SELECT FROM competence_delegationside s JOIN competence_task t ON t.id = s.task_id
    WHERE s.delegation_id = d.id AND s.side = 'grantee' AND s.act = %(act)s::text AND t.code = %(task)s::text)
)
"""
_STATEMENT = (
    f"{GROUND} {_PAPERS.replace('{sides}', SIDES)} {FOUND},"
    " (SELECT json_agg(row_to_json(paper) ORDER BY lower(paper.valid_during), paper.id) FROM paper) FROM place"
).replace("{duties}", "'approval', 'by_order'")
_NOW = _STATEMENT.replace("{stands}", PRESENT).replace("{recorded}", "true").replace("{revoked}", "true")
_AS_KNOWN = (
    _STATEMENT.replace("{stands}", AS_KNOWN)
    .replace("{recorded}", "d.recorded_at <= %(known)s::timestamptz")
    .replace("{revoked}", "d.revoked_at <= %(known)s::timestamptz")
)
_MARKS = {
    Capacity.DEPUTY.value: "KT.",
    Capacity.BY_ORDER.value: "TL.",
    Capacity.DELEGATED.value: "TUQ.",
}
Row = dict[str, Any]


class _Found(NamedTuple):
    stands: Standing
    seats: dict[str, Row]
    papers: list[Paper]


def warrants_for(
    task_code: str, unit_id: int, act: str, at: datetime | date, *, known_at: datetime | None = None
) -> tuple[Warrant, ...]:
    """Who may do the act (`approve`, `sign`) on that day, in the order of the house. One statement.

    The Chair, or the post that has it by rule; the Vice Chair in charge (KT.); by order (TL.); delegates (TUQ.).
    For a post whose holder is away, the substitute, who signs KT.; for the Chair only a Vice Chair does.
    Raises NotFound for a unit that does not exist.
    """
    day = day_of(at)
    return tuple(_warrants(_found(task_code, unit_id, act, day, known_at), day))


def warrant_of(
    actor_post_id: int | None,
    actor_person_id: int | None,
    task_code: str,
    unit_id: int,
    act: str,
    at: datetime | date,
) -> Warrant | Refusal:
    """By what right this person does the act from this post, or why not (code competence.no_warrant, HTTP 403).

    A holder who is away may still do it. One statement; three where it is refused.
    """
    day = day_of(at)
    found = _found(task_code, unit_id, act, day, None)
    for warrant in _warrants(found, day, away=True):
        if (warrant.post_id, warrant.person_id) == (actor_post_id, actor_person_id):
            return warrant
    values = {"task": task_code, "unit": unit_id, "day": day}
    return _refused(found, actor_post_id, actor_person_id, values)


def signers(warrants: tuple[Warrant, ...]) -> list[str]:
    """The warrants in lines for a terminal: the mark, the person, the post, and the paper. Two statements."""
    if not warrants:
        return [_("Ai được ký: chưa có ai")]
    names = dict(ask(_PERSONS, {"ids": [warrant.person_id for warrant in warrants]}))
    titles = dict(ask(_TITLES, {"ids": [warrant.post_id for warrant in warrants]}))
    return [
        _("Ai được ký: {who}").format(
            who=" ".join(
                part
                for part in (
                    _MARKS.get(warrant.capacity, ""),
                    f"{names.get(warrant.person_id, '')}, {titles.get(warrant.post_id, '')};",
                    _by_what(warrant),
                )
                if part
            )
        )
        for warrant in warrants
    ]


def _by_what(warrant: Warrant) -> str:
    """The paper by which somebody signs who does not by the law itself."""
    if warrant.capacity == Capacity.OWN or not warrant.chain:
        return str(Capacity(warrant.capacity).label)
    return in_words(warrant.chain[-1])


def _found(task_code: str, unit_id: int, act: str, day: date, known_at: datetime | None) -> _Found:
    values: Row = {"task": task_code, "unit": unit_id, "day": day, "act": act}
    rows = ask(_NOW, values) if known_at is None else ask(_AS_KNOWN, {**values, "known": known_at})
    if not rows:
        raise NotFound
    *ground, papers = rows[0]
    return _Found(standing_of(tuple(ground)), ground[-1] or {}, [_paper(row) for row in papers or []])


def _warrants(found: _Found, day: date, *, away: bool = False) -> Iterator[Warrant]:
    """Those in their own right, then their deputies and those by order, then the delegates; each post once."""
    own = own_post(found.stands)
    seen: set[int] = set()
    for name, capacity, for_post, link in _seated(found):
        row = found.seats.get(name)
        if row is None or row["post_id"] in seen:
            continue
        seen.add(row["post_id"])
        chain = (*found.stands.law, *((link,) if link else ()))
        for person_id in _persons(row, away=away):
            right = (capacity, for_post) if person_id == row["holder_id"] else _standing_in(row)
            yield Warrant(row["post_id"], person_id, *right, None, chain)
    for paper in found.papers:
        if own and paper.grantor_post_id == own.post_id and why_not_effective(paper, day) is None:
            yield _delegated(paper, found.stands.law)


def _seated(found: _Found) -> Iterator[tuple[str, str, int | None, Link | None]]:
    """Which seats may sign: its name, capacity, the post for which, and the paper."""
    stands, own = found.stands, own_post(found.stands)
    yield ("in_person" if own and own is stands.in_person else "chair"), Capacity.OWN.value, None, None
    for_post = own.post_id if own else None
    leading = approving(stands)
    if leading and found.seats["approval"]["kind"] == PostKind.VICE_CHAIR:
        yield "approval", Capacity.DEPUTY.value, for_post, leading.link
    elif leading:
        yield "approval", Capacity.BY_ORDER.value, for_post, leading.link
    if order := found.seats.get("by_order"):
        link = Link("by_order_assignment", order["text"], "", "", *days_of(order["valid_during"]))
        yield "by_order", Capacity.BY_ORDER.value, for_post, link


def _persons(row: Row, *, away: bool) -> list[int]:
    """Who answers for the post; its holder too, where `away` holders count."""
    person_id = row["person_id"] if row["may_stand_in"] else row["holder_id"]
    both = [None if row["person_id"] is None else person_id, row["holder_id"] if away else None]
    return list(dict.fromkeys(person for person in both if person is not None))


def _standing_in(row: Row) -> tuple[str, int]:
    """Whoever stands in for one who is away signs for that post, never as its holder (NĐ 30/2020/NĐ-CP Đ.13)."""
    return Capacity.DEPUTY.value, row["post_id"]


def _delegated(paper: Paper, law: tuple[Link, ...]) -> Warrant:
    days = paper.start.isoformat(), paper.ends_on.isoformat()
    link = Link("delegation", paper.number, paper.article, paper.confidence, *days)
    return Warrant(
        paper.grantee_post_id,
        paper.grantee_person_id,
        Capacity.DELEGATED.value,
        paper.grantor_post_id,
        paper.id,
        (*law, link),
    )


def _paper(row: Row) -> Paper:
    start, end = (date.fromisoformat(text) for text in days_of(row["valid_during"]))
    return Paper(
        row["id"],
        row["number"],
        row["grantor_post_id"],
        row["grantee_post_id"],
        row["grantee_person_id"],
        row["article"],
        row["confidence"],
        start,
        end,
        _iso(row["revoked_on"]),
        tuple(str(one.get("text") or "") for one in row["conditions"] if not one.get("evidence")),
        row["grantor_holds"],
        row["grantee_holds"],
        _iso(row["grantor_left"]),
        _iso(row["grantee_left"]),
    )


def _iso(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _refused(found: _Found, post_id: int | None, person_id: int | None, values: Row) -> Refusal:
    """Which paper of the actor's has ended, and who may instead. Two statements."""
    day: date = values["day"]
    titles = dict(ask(_TITLES, {"ids": [warrant.post_id for warrant in _warrants(found, day)]}))
    why = _why_not_paper(found, post_id, day) if post_id else ""
    if not why and post_id:
        why = _why_not_seat({**values, "post": post_id, "person": person_id or 0})
    return no_warrant(why, "; ".join(dict.fromkeys(titles.values())))


def _why_not_paper(found: _Found, post_id: int, day: date) -> str:
    """What ended the delegation to this post: the newest one that speaks of it."""
    of_post = [paper for paper in found.papers if paper.grantee_post_id == post_id]
    if not of_post:
        return ""
    newest = max(of_post, key=lambda paper: (paper.start <= day, paper.start, paper.id))
    return why_not_effective(newest, day) or not_the_holder(newest)


def _why_not_seat(values: Row) -> str:
    """What ended the assignment of this post, or the person's appointment to it. One statement."""
    (left, text, ended) = ask(_ENDED, values)[0]
    if left:
        return _("Bạn thôi giữ vị trí này từ ngày {day}.").format(day=format_date(left))
    if ended:
        sentence = _("Phân công {number} hết hiệu lực từ ngày {day}.")
        return sentence.format(number=text or "", day=format_date(ended)).replace("  ", " ")
    return ""


_TITLES = "SELECT id, title FROM organisation_post WHERE id = ANY(%(ids)s::bigint[]) ORDER BY rank, id"
_PERSONS = "SELECT id, name FROM organisation_person WHERE id = ANY(%(ids)s::bigint[])"
_ENDED = """
SELECT (SELECT max(upper(ap.valid_during)) FROM organisation_appointment ap
        WHERE ap.post_id = %(post)s::bigint AND ap.person_id = %(person)s::bigint
          AND upper(ap.valid_during) <= %(day)s::date
          AND NOT EXISTS (SELECT FROM organisation_appointment now WHERE now.post_id = ap.post_id
            AND now.person_id = ap.person_id AND now.valid_during @> %(day)s::date)),
       last.instrument_text, upper(last.valid_during)
FROM (VALUES (1)) one (row) LEFT JOIN LATERAL (
  SELECT wa.instrument_text, wa.valid_during FROM competence_workassignment wa, competence_task t
  WHERE wa.unit_id = %(unit)s::bigint AND wa.post_id = %(post)s::bigint AND wa.superseded_at IS NULL
    AND wa.duty IN ('approval', 'by_order') AND t.code = %(task)s::text
    AND wa.subject_key IN ('task:' || t.code, 'field:' || t.field) AND upper(wa.valid_during) <= %(day)s::date
  ORDER BY upper(wa.valid_during) DESC LIMIT 1) last ON true
"""
