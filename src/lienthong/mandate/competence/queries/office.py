"""What the register says to everybody: tasks by their words, and the answer in posts and offices, without a person."""

from datetime import date, datetime

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.queries import ask
from lienthong.lib.calendar.days import VIETNAM
from lienthong.lib.text import fold
from lienthong.mandate.competence.enums import DelegableAct
from lienthong.mandate.competence.queries.answer import responsible_for
from lienthong.mandate.competence.queries.warrants import warrants_for
from lienthong.mandate.competence.values import Answer, OfficeAnswer, Signatory, TaskFound, Warrant

_TASKS = """
SELECT code, name, field, kind FROM competence_task
WHERE (valid_during IS NULL OR valid_during @> %(day)s::date) AND (%(code)s::text = '' OR code = %(code)s::text)
ORDER BY kind DESC, code
"""
# The last row of each post and unit that is not later than the day: a future day has the names of today.
_WORDS = """
SELECT u.code, coalesce((SELECT f.name FROM organisation_unitfact f WHERE f.unit_id = u.id
         ORDER BY f.valid_during @> %(day)s::date DESC, f.valid_during DESC LIMIT 1), ''),
       coalesce((SELECT name FROM organisation_body WHERE id = %(body)s::bigint), ''),
       (SELECT coalesce(json_object_agg(p.id, json_build_array(p.title, a.person_id)), '{}')
        FROM organisation_post p
        LEFT JOIN organisation_appointment a ON a.post_id = p.id AND a.valid_during @> %(day)s::date
        WHERE p.id = ANY (%(posts)s::bigint[]))
FROM organisation_adminunit u WHERE u.id = %(unit)s::bigint
"""


def find_tasks(text: str, on: date, limit: int = 20) -> list[TaskFound]:
    """Tasks in force whose name, field or code holds every word, typed with or without accents. One statement.

    The shortest names first: they are the plainest. Some hundred tasks at most, so they are sought here.
    """
    words = fold(text).split()
    found = [TaskFound(*row) for row in ask(_TASKS, {"day": on, "code": ""})]
    hits = [task for task in found if _holds(fold(f"{task.code} {task.name} {task.field}"), words)]
    return sorted(hits, key=lambda task: (not _holds(fold(task.name), words), len(task.name)))[:limit]


def find_task(code: str, on: date) -> TaskFound:
    """A task in force by its code. Raises NotFound. One statement."""
    rows = ask(_TASKS, {"day": on, "code": code}) if code else []
    if not rows:
        raise NotFound
    return TaskFound(*rows[0])


def office_answer(task_code: str, unit_id: int, at: datetime | date) -> OfficeAnswer:
    """Who is responsible and who may approve, in posts and offices. Three statements. Raises NotFound."""
    answer = responsible_for(task_code, unit_id, at)
    warrants = warrants_for(task_code, unit_id, DelegableAct.APPROVE, at)
    day = at.astimezone(VIETNAM).date() if isinstance(at, datetime) else at
    code, unit, body, posts = ask(_WORDS, _asked(answer, warrants, day))[0]
    return OfficeAnswer(
        unit_code=code,
        unit=unit,
        body=body,
        post=_title(posts, answer.post_id),
        held=_held(posts, answer.post_id, answer.person_id),
        leader=_title(posts, answer.leader_post_id),
        leader_held=_held(posts, answer.leader_post_id, answer.leader_person_id),
        signatories=tuple(_signatory(posts, warrant) for warrant in warrants),
        chain=answer.chain,
        finding=answer.finding,
    )


def _holds(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def _asked(answer: Answer, warrants: tuple[Warrant, ...], day: date) -> dict[str, object]:
    posts = {answer.post_id, answer.leader_post_id, *(warrant.post_id for warrant in warrants)}
    posts |= {warrant.for_post_id for warrant in warrants}
    return {
        "unit": answer.unit_id,
        "body": answer.body_id,
        "posts": sorted(post for post in posts if post),
        "day": day,
    }


def _title(posts: dict[str, list[object]], post_id: int | None) -> str:
    return str(posts[str(post_id)][0]) if str(post_id) in posts else ""


def _held(posts: dict[str, list[object]], post_id: int | None, person_id: int | None) -> str:
    """Who answers for a post, without saying who it is."""
    if person_id is None or str(post_id) not in posts:
        return ""
    return "holder" if posts[str(post_id)][1] == person_id else "substitute"


def _signatory(posts: dict[str, list[object]], warrant: Warrant) -> Signatory:
    """A warrant without its person; the paper is the last link of its chain where it is not their own right."""
    number = warrant.chain[-1].text if warrant.for_post_id and warrant.chain else ""
    return Signatory(
        post=_title(posts, warrant.post_id),
        capacity=warrant.capacity,
        for_post=_title(posts, warrant.for_post_id),
        number=number,
    )
