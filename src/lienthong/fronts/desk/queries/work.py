"""What a list shows of a case, and the search for one."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.values import Subject
from lienthong.core.registry.queries import kind_of
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import calendar_for
from lienthong.facilities.casework.queries import cases_of_party, search
from lienthong.facilities.casework.values import WorkRow
from lienthong.fronts.desk.rules import tone_of
from lienthong.fronts.desk.values import Line
from lienthong.lib.calendar import working_minutes_between
from lienthong.people.organisation.queries import holders_of
from lienthong.people.parties.queries import find_by_phone, find_kept_by_paper
from lienthong.work.dossiers.actions.tokens import lookup_digest
from lienthong.work.dossiers.queries import look_up

_TOKEN = re.compile(r"\b([0-9a-f]{32})\b")


def lines_of(rows: Sequence[WorkRow], at: datetime) -> list[Line]:
    """The rows of a list in words, with who holds each. At most one statement."""
    holders = holders_of({row.holder_id for row in rows if row.holder_id and not row.closed_at}, at)
    calendar = calendar_for("")
    lines = []
    for row in rows:
        kind = kind_of(row.kind)
        holder = holders.get(row.holder_id or 0)
        paused = row.due_at is None and row.closed_at is None
        left = working_minutes_between(at, row.due_at, calendar) if row.due_at else row.remaining
        state = kind.lifecycle.state_label(row.state)
        lines.append(Line(row, left, paused, kind.detail_url_name, state, tone_of(row.state), holder))
    return lines


def search_cases(actor: Actor, text: str) -> list[WorkRow]:
    """Cases by a receipt's QR, a code, a paper's number, a telephone, or a name without accents.

    A person is found among those whom the unit keeps already: only the counter, where the paper lies, opens
    one of another unit. Whose data was read on the way is written down.
    """
    token = _TOKEN.search(text)
    if token:
        found = look_up(token_digest=lookup_digest(token.group(1)))
        return search(actor, found.code) if found else []
    digits = re.sub(r"[\s.\-+]", "", text)
    rows = _of_people(actor, digits) if digits.isdecimal() and len(digits) >= 8 else []
    return _each_once([*rows, *search(actor, text)])


def is_exact(text: str, row: WorkRow) -> bool:
    """Whether the text names this one case: its whole code, or the QR on its receipt."""
    return row.code == text.upper() or _TOKEN.search(text) is not None


def _of_people(actor: Actor, digits: str) -> list[WorkRow]:
    found = [*find_by_phone(digits), *find_kept_by_paper(digits)]
    party_ids = list(dict.fromkeys(card.id for card in found))
    for party_id in party_ids:
        note_reading(actor, Subject("party", party_id), "search")
    return cases_of_party(actor, party_ids) if party_ids else []


def _each_once(rows: Iterable[WorkRow]) -> list[WorkRow]:
    return list({row.id: row for row in rows}.values())
