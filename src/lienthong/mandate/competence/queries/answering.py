"""The answer to the one question as a page tells it: every id by its name, who may sign, and the chain in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from lienthong.core.instruments.enums import Confidence, InstrumentKind
from lienthong.core.scope.queries import ask
from lienthong.mandate.competence.enums import Capacity, DelegableAct, Finding
from lienthong.mandate.competence.queries.answer import changes_in_words, responsible_for, role_in_words
from lienthong.mandate.competence.queries.lists import span_words
from lienthong.mandate.competence.queries.warrants import warrants_for
from lienthong.mandate.competence.values import Answer, Link, Warrant
from lienthong.people.organisation.values import UnitCard

_NAMES = """
SELECT 'post', id, title FROM organisation_post WHERE id = ANY(%(posts)s::bigint[])
UNION ALL SELECT 'person', id, name FROM organisation_person WHERE id = ANY(%(persons)s::bigint[])
UNION ALL SELECT 'body', id, name FROM organisation_body WHERE id = ANY(%(bodies)s::bigint[])
UNION ALL SELECT 'holder', post_id, person_id::text FROM organisation_appointment
  WHERE post_id = ANY(%(posts)s::bigint[]) AND valid_during @> %(on)s::date
"""


@dataclass(frozen=True, slots=True)
class Step:
    """Một mắt xích của chuỗi căn cứ, in words."""

    kind: str
    text: str
    article: str
    days: str
    confidence: str
    is_assumed: bool
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """Người được ký, phê duyệt, and by what right; `paper` the one that gives it (None: the competence is theirs)."""

    acts: tuple[str, ...]
    post: str
    person: str
    capacity: str
    instead_of: str
    chain: tuple[Step, ...]
    paper: Step | None


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """Câu trả lời với mọi tên gọi; `stands_in` where the person is not the one appointed to the post."""

    body: str
    post: str
    person: str
    stands_in: bool
    leader_post: str
    leader: str
    finding: str
    finding_label: str
    chain: tuple[Step, ...]
    signers: tuple[Signer, ...]


def answer_card(task_code: str, unit: UnitCard, day: date, known_at: datetime | None = None) -> AnswerCard:
    """Who is responsible, who may sign, and why; `known_at`: as the register said at that moment.

    At most seven statements.
    """
    answer = responsible_for(task_code, unit.id, day, known_at=known_at)
    warrants = [
        (act, one)
        for act in DelegableAct
        for one in warrants_for(task_code, unit.id, act, day, known_at=known_at)
    ]
    names = _names(answer, [one for _act, one in warrants], day)
    changed = changes_in_words(answer.chain)
    appointed = names.get(("holder", answer.post_id))
    return AnswerCard(
        body=names.get(("body", answer.body_id), ""),
        post=names.get(("post", answer.post_id), ""),
        person=names.get(("person", answer.person_id), ""),
        stands_in=answer.person_id is not None and appointed != str(answer.person_id),
        leader_post=names.get(("post", answer.leader_post_id), ""),
        leader=names.get(("person", answer.leader_person_id), ""),
        finding=answer.finding,
        finding_label=str(Finding(answer.finding).label) if answer.finding else "",
        chain=tuple(_step(link, "; ".join(changed.get(link.text, ()))) for link in answer.chain),
        signers=_signers(warrants, names),
    )


def _names(answer: Answer, warrants: Iterable[Warrant], day: date) -> dict[tuple[str, int | None], str]:
    posts = {answer.post_id, answer.leader_post_id}
    persons = {answer.person_id, answer.leader_person_id}
    for one in warrants:
        posts |= {one.post_id, one.for_post_id}
        persons.add(one.person_id)
    wanted: dict[str, Any] = {
        "posts": [post for post in posts if post],
        "persons": [person for person in persons if person],
        "bodies": [answer.body_id] if answer.body_id else [],
        "on": day,
    }
    return {(kind, id_): name for kind, id_, name in ask(_NAMES, wanted)}


def _signers(
    warrants: Iterable[tuple[str, Warrant]], names: dict[tuple[str, int | None], str]
) -> tuple[Signer, ...]:
    """Everybody once, with all the acts that they may do by the same right."""
    found: dict[tuple[object, ...], tuple[Warrant, list[str]]] = {}
    for act, one in warrants:
        right = (one.post_id, one.person_id, one.capacity, one.delegation_id)
        found.setdefault(right, (one, []))[1].append(str(DelegableAct(act).label))
    return tuple(_signer(tuple(acts), one, names) for one, acts in found.values())


def _signer(acts: tuple[str, ...], one: Warrant, names: dict[tuple[str, int | None], str]) -> Signer:
    return Signer(
        acts=acts,
        post=names.get(("post", one.post_id), ""),
        person=names.get(("person", one.person_id), ""),
        capacity=str(Capacity(one.capacity).label),
        instead_of=names.get(("post", one.for_post_id), "") if one.for_post_id else "",
        chain=tuple(_step(link) for link in one.chain),
        paper=_step(one.chain[-1]) if one.chain and one.capacity != Capacity.OWN else None,
    )


def _step(link: Link, changes: str = "") -> Step:
    sure = link.confidence
    return Step(
        kind=" · ".join(filter(None, (_KINDS.get(link.kind) or _label(link.kind), role_in_words(link)))),
        text=link.text or _("Phân công trong đơn vị"),
        article=link.article,
        days=_days(link),
        confidence=str(Confidence(sure).label) if sure in Confidence.values else "",
        is_assumed=sure in (Confidence.ASSUMPTION, Confidence.ILLUSTRATIVE),
        changes=changes,
    )


def _label(kind: str) -> str:
    return str(InstrumentKind(kind).label) if kind in InstrumentKind.values else _("Căn cứ")


def _days(link: Link) -> str:
    start, end = (date.fromisoformat(text) if text else None for text in (link.valid_from, link.valid_to))
    return span_words(start, end) if start or end else ""


_KINDS = {
    "assignment": "Phân công thụ lý",
    "approval_assignment": "Phân công lãnh đạo",
    "by_order_assignment": "Phân công ký thừa lệnh",
    "delegation": "Ủy quyền",
}
