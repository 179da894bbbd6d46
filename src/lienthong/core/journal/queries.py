"""Reading the journal: a case's timeline, what stumbled, what waits to be written."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext

from lienthong.core.journal.events import check_event
from lienthong.core.journal.models import Command, Entry, Frozen, Particular, Stumble
from lienthong.core.journal.values import NEXT, PENDING, SALT, Happened, Line, PendingReading, Stumbled
from lienthong.core.scope.values import Actor
from lienthong.lib.canonical import digest
from lienthong.lib.dates import format_date, format_moment

MOST_FROZEN = 2_000
_frozen: dict[tuple[str, int], Mapping[str, Any]] = {}


def timeline(case_id: int) -> list[Line]:
    """What was done in a case, oldest first. One statement.

    The journal has no wall of its own (it holds no personal data): ask only for a case that `access` found.
    """
    entries = Entry.objects.filter(case_id=case_id).order_by("acted_at", "id")
    return [_line(entry) for entry in entries]


def full_timeline(case_id: int) -> list[tuple[Line, Mapping[str, Any]]]:
    """The timeline with each entry's personal data, as far as the acting unit may see it. One statement."""
    entries = Entry.objects.filter(case_id=case_id).select_related("particular").order_by("acted_at", "id")
    return [(_line(entry), _without_salt(getattr(entry, "particular", None))) for entry in entries]


def last_act(case_id: int) -> Line | None:
    """The newest act on a case: who was first, and when, for the officer who came second. One statement.

    Acts of accounts alone: what the system adds to a case (a message that was sent) overtakes nobody.
    """
    entry = Entry.objects.filter(case_id=case_id, account_id__isnull=False).order_by("-id").first()
    return _line(entry) if entry else None


def frozen(frozen_id: int) -> Mapping[str, Any]:
    """What `actions.freeze` kept. It never changes, so the process remembers it: at most one statement.

    Raises LookupError where there is none.
    """
    mark = (str(connection.settings_dict["NAME"]), frozen_id)
    if mark not in _frozen:
        content = Frozen.objects.filter(pk=frozen_id).values_list("content", flat=True).first()
        if content is None:
            raise LookupError(f"nothing frozen as {frozen_id}")
        remember_frozen(frozen_id, content)
    return _frozen[mark]


def remember_frozen(frozen_id: int, content: Mapping[str, Any]) -> None:
    """Let the process remember a frozen content that it has in hand. No statement."""
    if len(_frozen) >= MOST_FROZEN:
        _frozen.clear()
    _frozen[str(connection.settings_dict["NAME"]), frozen_id] = content


def entries_after(xid: int, entry_id: int, limit: int) -> list[Happened]:
    """The next entries behind a place in the journal, in the order in which listeners get them. One statement.

    Late commits are not skipped: only transactions older than every running one are read.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [xid, entry_id, limit])
        return [Happened.of(row) for row in cursor.fetchall()]


def was_done(key: UUID, actor: Actor) -> bool:
    """Whether a command with this key came before from this account. One statement."""
    return Command.objects.filter(key=key, account_id=actor.account_id or 0).exists()


def sentence_of(verb: str, data: Mapping[str, Any]) -> str:
    """The event's sentence with its placeholders filled; what the entry does not say reads "…".

    An event whose room is gone is told by its name, so that an old timeline can always be shown.
    """
    try:
        sentence = gettext(str(check_event(verb).sentence))
    except LookupError:
        return verb
    if data.get("via"):  # a program did it for the post: nobody may take it for the officer's own hand
        sentence += gettext(" (phần mềm làm thay, bên kết nối và mã truy cập số {via})")
    return sentence.format_map(_Words(data))


def stumbles(listener: str = "", limit: int = 200) -> list[Stumbled]:
    """What listeners could not handle yet, the longest waiting first ("" = every listener). One statement."""
    found = Stumble.objects.filter(settled_at=None).select_related("entry").order_by("id")
    if listener:
        found = found.filter(listener=listener)
    return [
        Stumbled(
            listener=row.listener,
            entry_id=row.entry.pk,
            case_id=row.case_id,
            verb=row.entry.verb,
            tries=row.tries,
            error=row.error,
            next_try_at=row.next_try_at,
        )
        for row in found[:limit]
    ]


def pending_readings() -> tuple[PendingReading, ...]:
    """The readings of this request that `flush_readings` will write."""
    return PENDING.get()


def particulars_of(entry_id: int) -> Mapping[str, Any] | None:
    """The personal data of an entry, as far as the acting unit may see it; None where erased or not there."""
    row = Particular.objects.filter(pk=entry_id).first()
    if row is None or row.data is None:
        return None
    return {key: value for key, value in row.data.items() if key != SALT}


def particulars_are_whole(entry_id: int) -> bool | None:
    """Whether an entry's personal data is what was recorded; None where erased, hidden or not there."""
    row = Particular.objects.filter(pk=entry_id).select_related("entry").first()
    if row is None or row.data is None:
        return None
    return digest(row.data) == row.entry.particulars_digest


def _without_salt(row: Particular | None) -> Mapping[str, Any]:
    return {key: value for key, value in ((row and row.data) or {}).items() if key != SALT}


class _Words(dict[str, str]):
    """The data of an entry in words: dates as people write them, "…" for what is missing."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__({key: _in_words(value) for key, value in data.items()})

    def __missing__(self, key: str) -> str:
        return "…"


def _in_words(value: Any) -> str:
    if value is None or value == "":
        return "…"
    if isinstance(value, list):
        return ", ".join(_in_words(part) for part in value)
    return _date_in_words(value) if isinstance(value, str) else str(value)


def _date_in_words(text: str) -> str:
    """A date or moment in ISO form as people write it; any other text as it is."""
    try:
        if len(text) == 10:
            return format_date(date.fromisoformat(text))
        return format_moment(datetime.fromisoformat(text)) if text[10:11] in {"T", " "} else text
    except ValueError:
        return text


def _line(entry: Entry) -> Line:
    return Line(
        entry_id=entry.pk,
        at=entry.acted_at,
        recorded_at=entry.recorded_at,
        verb=entry.verb,
        sentence=sentence_of(entry.verb, entry.data),
        account_id=entry.account_id,
        post_id=entry.post_id,
        unit_id=entry.unit_id,
        data=entry.data,
    )
