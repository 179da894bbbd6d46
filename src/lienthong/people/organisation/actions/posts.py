"""Creating posts and registering the persons who may hold them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.lib.text import fold, nfc
from lienthong.people.organisation.models import Appointment, Body, Person, Post
from lienthong.people.organisation.rules import POST_CLOSED, why_not_close, why_not_end, why_not_named
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
    rows = [
        Post(
            unit_id=unit_id,
            body_id=draft.body_id,
            kind=draft.kind,
            title=nfc(draft.title).strip(),
            rank=draft.rank,
            valid_during=DateRange(draft.starts_on or starts_on, None),
        )
        for draft in posts
    ]
    Post.objects.bulk_create(rows)
    ids = [row.pk for row in rows]
    _note(actor, "organisation.posts_created", Subject("unit", unit_id), at, {"posts": ids})
    return ids


@transaction.atomic
def close_post(
    *, actor: Actor, post_id: int, ends_on: date, open_cases: int = 0, at: datetime | None = None
) -> None:
    """From `ends_on` on the post is no more. Refused while somebody sits in it or open cases lie with it.

    `open_cases`: how many the caller found (this room does not know of cases).
    """
    row = Post.objects.select_for_update().filter(pk=post_id).first()
    if row is None:
        raise NotFound
    last = Appointment.objects.filter(post_id=post_id).order_by("-valid_during").first()
    _stop(why_not_end(row.valid_during.lower, row.valid_during.upper, ends_on, POST_CLOSED))
    held_until = last.valid_during.upper if last else None
    _stop(why_not_close(held_until, last is not None, open_cases, ends_on))
    row.valid_during = DateRange(row.valid_during.lower, ends_on)
    row.save(update_fields=["valid_during"])
    data = {"ends_on": f"{ends_on:%d/%m/%Y}"}
    record(
        "organisation.post_closed", subject=Subject("post", post_id), actor=actor, at=at or now(), data=data
    )


@transaction.atomic
def change_post(*, actor: Actor, post_id: int, title: str, rank: int, at: datetime | None = None) -> None:
    """Call a post otherwise, or put it at another place of the list; its kind stays (that is another post)."""
    _check_names([title], TITLE_MAX)
    row = Post.objects.select_for_update().filter(pk=post_id).first()
    if row is None:
        raise NotFound
    former = {"title": row.title, "rank": row.rank}
    row.title, row.rank = nfc(title).strip(), rank
    row.save(update_fields=["title", "rank"])
    data = {"former": former, "title": row.title, "rank": rank}
    record(
        "organisation.post_changed", subject=Subject("post", post_id), actor=actor, at=at or now(), data=data
    )


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


def _stop(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused.because(refusal)


def _note(actor: Actor, verb: str, subject: Subject, at: datetime | None, data: dict[str, list[int]]) -> None:
    count = sum(len(ids) for ids in data.values())
    record(verb, subject=subject, actor=actor, at=at or now(), data={"count": count, **data})
