"""What is due and overdue, told to every post that holds it, once on each working morning."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import calendar_for, now
from lienthong.facilities.casework.access import cases_open_to
from lienthong.facilities.notifications.enums import AlertKind
from lienthong.facilities.notifications.models import Alert, DigestMail, Message, MessageAddress
from lienthong.facilities.notifications.rules import digest_reference, why_not_address
from lienthong.lib.calendar import add_working_days
from lienthong.lib.calendar.days import VIETNAM
from lienthong.lib.canonical import digest
from lienthong.lib.dates import format_date
from lienthong.people.identity.queries import posts_by_account
from lienthong.people.parties.enums import ContactChannel

Due = tuple[int, int, int, int, int]  # post, unit, overdue, due today, due on the next working day


def write_digests(*, actor: Actor) -> int:
    """Tell each post what it holds that is overdue, due today and due on the next working day. Returns how many.

    Once a working day, from the hour at which the offices open; before it, on a day off, or when it has been
    done, 0. A post with a mail address is written to as well, within the hour.
    """
    at = now()
    calendar = calendar_for()
    begins = calendar.office_hours[0][0]
    if not calendar.is_working_day(at.date()) or at.time() < begins:
        return 0
    with transaction.atomic(), entered(actor):
        mark = f"digest {at.date().isoformat()}"
        if Alert.objects.filter(kind=AlertKind.DIGEST, mark=mark).exists():
            return 0
        found = _due(actor, at, add_working_days(at.date(), 1, calendar))
        Alert.objects.bulk_create([_alert(due, mark, at) for due in found], ignore_conflicts=True)
        _mail(found, at)
        if found:
            subject = Subject("digest", 0)
            data = {"day": format_date(at.date()), "count": len(found)}
            record("notification.digest_written", subject=subject, actor=actor, at=at, data=data)
    return len(found)


@transaction.atomic
def set_digest_mail(*, actor: Actor, key: UUID, email: str) -> None:
    """Set where the acting post's digest is mailed to, for the acting account; "" for nowhere."""
    email = email.strip()
    if begin_command(key, "notification.digest_mail", {"to": digest({"address": email})}, actor) is not None:
        return
    refusal = why_not_address(ContactChannel.EMAIL, email) if email else None
    if refusal:
        raise Refused.because(refusal, status=422)
    at = now()
    DigestMail.objects.update_or_create(
        account_id=actor.account_id or 0,
        post_id=actor.acting_post,
        defaults={"email": email, "unit_id": actor.unit_id or 0, "set_at": at},
    )
    subject = Subject("post", actor.acting_post)
    closes = (key, True)
    record("notification.digest_mail_set", subject=subject, actor=actor, at=at, closes=closes)


def _due(actor: Actor, at: datetime, next_day: date) -> list[Due]:
    """Each post's open cases by when they are due. One statement over what is open."""
    evening, last = _midnight(at.date()), _midnight(next_day)
    rows = (
        cases_open_to(actor)
        .filter(closed_at__isnull=True, due_at__lt=last, holder__isnull=False)
        .values_list("holder_id", "holder__unit_id")
        .annotate(
            overdue=Count("pk", filter=Q(due_at__lt=at)),
            today=Count("pk", filter=Q(due_at__gte=at, due_at__lt=evening)),
            following=Count("pk", filter=Q(due_at__gte=evening)),
        )
        .order_by("holder_id")
    )
    return list(rows)


def _midnight(day: date) -> datetime:
    """The end of a day in Vietnam."""
    return datetime.combine(day + timedelta(days=1), time.min, VIETNAM)


def _alert(due: Due, mark: str, at: datetime) -> Alert:
    return Alert(
        post_id=due[0],
        unit_id=due[1],
        mark=mark,
        kind=AlertKind.DIGEST,
        title=_words(due),
        happened_at=at,
    )


def _words(due: Due) -> str:
    parts = [
        (due[2], _("%(n)s việc quá hạn")),
        (due[3], _("%(n)s việc đến hạn hôm nay")),
        (due[4], _("%(n)s việc đến hạn ngày làm việc tới")),
    ]
    return ", ".join(words % {"n": count} for count, words in parts if count)


def _mail(found: Iterable[Due], at: datetime) -> None:
    """A letter for each post that has an address and is still held by the one who gave it. Four statements."""
    words = {due[0]: due for due in found}
    rows = DigestMail.objects.filter(post_id__in=words).exclude(email="")
    posts = posts_by_account({row.account_id for row in rows}, at.date())
    held = {(account_id, post.post_id) for account_id, own in posts.items() for post in own}
    wanted = [row for row in rows if (row.account_id, row.post_id) in held]
    letters = [_letter(row, words[row.post_id], at) for row in wanted]
    Message.objects.bulk_create(letters)
    MessageAddress.objects.bulk_create(
        MessageAddress(message=letter, unit_id=row.unit_id, address=row.email)
        for letter, row in zip(letters, wanted, strict=True)
    )


def _letter(row: DigestMail, due: Due, at: datetime) -> Message:
    return Message(
        reference=digest_reference(row.account_id, row.post_id, at.date()),
        unit_id=row.unit_id,
        channel=ContactChannel.EMAIL,
        subject=_("Việc đến hạn ngày %(day)s") % {"day": format_date(at.date())},
        text=_("%(words)s. Mở Liên Thông để xem danh sách.") % {"words": _words(due)},
        created_at=at,
        next_try_at=at,
    )
