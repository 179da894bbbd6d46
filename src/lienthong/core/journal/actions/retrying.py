"""Trying again at once what a listener stumbled over."""

from datetime import datetime

from django.utils import timezone

from lienthong.core.journal.actions.entries import record
from lienthong.core.journal.models import Stumble
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor


def retry_stumble(*, listener: str, entry_id: int, actor: Actor, at: datetime) -> None:
    """Let the next round of the listener try this entry, and what waits behind it. Raises NotFound."""
    found = Stumble.objects.filter(listener=listener, entry_id=entry_id, settled_at=None).first()
    if found is None:
        raise NotFound
    same_case = Stumble.objects.filter(listener=listener, settled_at=None, case_id=found.case_id)
    waiting = same_case if found.case_id is not None else Stumble.objects.filter(pk=found.pk)
    waiting.update(next_try_at=timezone.now())
    record(
        "journal.stumble_retried",
        subject=Subject("entry", entry_id, found.case_id),
        actor=actor,
        at=at,
        data={"listener": listener, "tries": found.tries},
    )
