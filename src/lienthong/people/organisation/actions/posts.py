"""Creating posts and registering the persons who may hold them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.lib.text import fold, nfc
from lienthong.people.organisation.models import Body, Person, Post
from lienthong.people.organisation.rules import why_not_named
from lienthong.people.organisation.values import PostDraft

TITLE_MAX, NAME_MAX = 200, 120


def create_post(
    *,
    actor: Actor,
    body_id: int,
    kind: str,
    title: str,
    starts_on: date,
    rank: int = 0,
    at: datetime | None = None,
) -> int:
    """Create one post in a body; returns its id."""
    unit_id = Body.objects.filter(pk=body_id).values_list("unit_id", flat=True).first()
    if unit_id is None:
        raise NotFound
    draft = PostDraft(body_id=body_id, kind=kind, title=title, rank=rank)
    return create_posts(actor=actor, unit_id=unit_id, posts=[draft], starts_on=starts_on, at=at)[0]


@transaction.atomic
def create_posts(
    *,
    actor: Actor,
    unit_id: int,
    posts: Sequence[PostDraft],
    starts_on: date,
    at: datetime | None = None,
) -> list[int]:
    """Create posts of one unit in one act; returns their ids in the order given."""
    _check_names([draft.title for draft in posts], TITLE_MAX)
    during = DateRange(starts_on, None)
    rows = [
        Post(
            unit_id=unit_id,
            body_id=draft.body_id,
            kind=draft.kind,
            title=nfc(draft.title).strip(),
            rank=draft.rank,
            valid_during=during,
        )
        for draft in posts
    ]
    Post.objects.bulk_create(rows)
    ids = [row.pk for row in rows]
    _note(actor, "organisation.posts_created", Subject("unit", unit_id), at, {"posts": ids})
    return ids


@transaction.atomic
def register_persons(
    *, actor: Actor, unit_id: int, names: Sequence[str], at: datetime | None = None
) -> list[int]:
    """Register officers by name, for the unit that does so; returns their ids in the order given."""
    _check_names(names, NAME_MAX)
    rows = [Person(name=nfc(name).strip(), search_key=fold(name)) for name in names]
    Person.objects.bulk_create(rows)
    ids = [row.pk for row in rows]
    _note(actor, "organisation.persons_registered", Subject("unit", unit_id), at, {"persons": ids})
    return ids


def _check_names(names: Sequence[str], longest: int) -> None:
    for name in names:
        refusal = why_not_named(nfc(name).strip(), longest)
        if refusal:
            raise Refused.because(refusal)


def _note(actor: Actor, verb: str, subject: Subject, at: datetime | None, data: dict[str, list[int]]) -> None:
    count = sum(len(ids) for ids in data.values())
    record(verb, subject=subject, actor=actor, at=at or now(), data={"count": count, **data})
