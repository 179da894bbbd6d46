"""Choosing the post from which an officer acts."""

from datetime import datetime

from django.db import transaction

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.workdays.queries import now
from lienthong.people.identity.queries import ActingPost, posts_of
from lienthong.people.identity.rules import NOT_YOUR_POST


@transaction.atomic
def choose_post(*, account_id: int, post_id: int, at: datetime | None = None) -> ActingPost:
    """The post, if the account may act from it today; journaled. Its actor is the account in that post."""
    moment = at or now()
    for post in posts_of(account_id, moment.date()):
        if post.post_id == post_id:
            subject = Subject("account", account_id)
            record("identity.post_chosen", subject=subject, actor=post.actor(account_id), at=moment)
            return post
    raise Refused.because(NOT_YOUR_POST)
