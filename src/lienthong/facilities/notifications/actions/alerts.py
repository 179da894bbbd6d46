"""What officers are told in the shell: written by the follower of the journal, read by the post it is for."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Happened, Subject
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.access import find_case
from lienthong.facilities.notifications.access import alerts_of
from lienthong.facilities.notifications.enums import AlertKind, AlertTo
from lienthong.facilities.notifications.models import Alert
from lienthong.facilities.notifications.rules import DISPATCHERS
from lienthong.facilities.notifications.values import Alarm, Told
from lienthong.people.organisation.queries import posts_of_unit

if TYPE_CHECKING:
    from lienthong.facilities.casework.models import Case


def raise_alert(*, actor: Actor, entry: Happened, alarm: Alarm) -> int:
    """Tell the posts that an event concerns, each once; not whoever did it. Returns how many. Three statements."""
    if entry.case_id is None:
        return 0
    case = find_case(actor, entry.case_id)
    posts = [post for post in _posts(entry, case, alarm.to) if post[0] != entry.post_id]
    rows = [
        Alert(
            post_id=post_id,
            unit_id=unit_id,
            case_id=case.pk,
            case_kind=case.kind,
            mark=f"entry {entry.id}",
            kind=alarm.kind,
            code=case.code,
            title=case.title,
            happened_at=entry.acted_at,
        )
        for post_id, unit_id in posts
    ]
    Alert.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def tell_posts(*, actor: Actor, told: Sequence[Told], kind: AlertKind, mark: str, at: datetime) -> int:
    """Tell posts of something that is no case, each once a mark; not whoever did it. Returns how many. One statement.

    A part of the calling act, which writes the journal's row.
    """
    rows = [
        Alert(post_id=one.post_id, unit_id=one.unit_id, mark=mark, kind=kind, title=one.title, happened_at=at)
        for one in told
        if one.title and one.post_id != actor.post_id
    ]
    Alert.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def mark_read(*, actor: Actor, key: UUID, last_id: int) -> int:
    """Mark the acting post's alerts up to one as read; those that came since stay new. Returns how many."""
    former = begin_command(key, "notification.read", {"last": last_id}, actor)
    if former is not None:
        return int(former)
    at = now()
    count = alerts_of(actor).filter(pk__lte=last_id, read_at__isnull=True).update(read_at=at)
    record(
        "notification.alerts_read",
        subject=Subject("post", actor.acting_post),
        actor=actor,
        at=at,
        data={"count": count},
        closes=(key, count),
    )
    return count


def _posts(entry: Happened, case: "Case", to: AlertTo) -> list[tuple[int, int]]:
    """(post, its unit) of whoever is told."""
    if to == AlertTo.DISPATCH:
        unit_id = int(entry.data.get("to_unit_id") or 0)
        found = posts_of_unit(unit_id, now().date(), [kind.value for kind in DISPATCHERS])
        return [(post.id, unit_id) for post in found]
    named = entry.data.get("to_post_id") if to == AlertTo.POST else case.holder_id
    return [(int(named), case.responsible_unit_id)] if named else []
