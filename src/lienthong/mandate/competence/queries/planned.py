"""Drafts as the pages show them: the changes in words, with how sure their maker is of each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from lienthong.core.instruments.enums import Confidence
from lienthong.core.scope.queries import ask
from lienthong.core.shell.rules import vn_date
from lienthong.mandate.competence.enums import ChangeKind, DraftState
from lienthong.mandate.competence.queries.entries import reach_words
from lienthong.people.organisation.enums import BodyKind, PostKind

_DRAFTS = """
SELECT d.id, d.name, d.note, d.state, d.unit_id, d.recorded_at,
  (SELECT count(*) FROM competence_draftchange c WHERE c.draft_id = d.id AND c.withdrawn_at IS NULL)
FROM competence_draft d
"""
_CHANGES = """
SELECT c.id, c.draft_id, c.kind, c.data, c.confidence, c.note, c.recorded_at, c.withdrawn_at
FROM competence_draftchange c WHERE c.draft_id = %(draft)s::bigint ORDER BY c.id
"""
# What the ids in a draft's changes are called: one statement, each name beside its kind.
_NAMES = """
SELECT 'instrument', id, number FROM instruments_instrument WHERE id = ANY(%(instrument)s::bigint[])
UNION ALL SELECT 'rule', id, subject_key FROM competence_competencerule WHERE id = ANY(%(rule)s::bigint[])
UNION ALL SELECT 'assignment', id, subject_key FROM competence_workassignment WHERE id = ANY(%(assignment)s::bigint[])
UNION ALL SELECT 'delegation', id, number FROM competence_delegation WHERE id = ANY(%(delegation)s::bigint[])
UNION ALL SELECT 'post', id, title FROM organisation_post WHERE id = ANY(%(post)s::bigint[])
UNION ALL SELECT 'unit', f.unit_id, f.name FROM organisation_unitfact f
  WHERE f.unit_id = ANY(%(unit)s::bigint[]) AND f.valid_during @> %(on)s::date
"""
_NAMED = ("instrument", "rule", "assignment", "delegation", "post")


@dataclass(frozen=True, slots=True)
class DraftLine:
    """Một phương án giả định; `unit_id` None: the city's."""

    id: int
    name: str
    note: str
    state: str
    unit_id: int | None
    recorded_at: datetime
    changes: int

    @property
    def is_open(self) -> bool:
        """Whether it is still worked on."""
        return self.state == DraftState.OPEN

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(DraftState(self.state).label)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Một thay đổi của phương án, in words."""

    id: int
    kind: str
    told: str
    confidence: str
    note: str
    recorded_at: datetime
    withdrawn_at: datetime | None

    @property
    def kind_label(self) -> str:
        """What it supposes."""
        return str(ChangeKind(self.kind).label)

    @property
    def confidence_label(self) -> str:
        """How sure its maker is."""
        return str(Confidence(self.confidence).label)

    @property
    def is_assumed(self) -> bool:
        """Whether it is only an assumption."""
        return self.confidence in (Confidence.ASSUMPTION, Confidence.ILLUSTRATIVE)


def draft_lines(unit_id: int | None) -> list[DraftLine]:
    """The drafts of the city and of one unit (None: of every unit), open ones first. One statement."""
    where = "WHERE %(unit)s::bigint IS NULL OR d.unit_id IS NULL OR d.unit_id = %(unit)s::bigint"
    rows = ask(f"{_DRAFTS} {where} ORDER BY d.state DESC, d.id DESC", {"unit": unit_id})
    return [DraftLine(*row) for row in rows]


def draft_line(draft_id: int) -> DraftLine | None:
    """One draft; None where there is none. One statement."""
    rows = ask(f"{_DRAFTS} WHERE d.id = %(id)s::bigint", {"id": draft_id})
    return DraftLine(*rows[0]) if rows else None


def draft_of_change(change_id: int) -> int | None:
    """The draft that a change belongs to. One statement."""
    rows = ask("SELECT draft_id FROM competence_draftchange WHERE id = %(id)s::bigint", {"id": change_id})
    return rows[0][0] if rows else None


def change_lines(draft_id: int, on: date) -> list[ChangeLine]:
    """A draft's changes in their order, withdrawn ones too. Two statements."""
    rows = [(*row[:3], _data(row[3]), *row[4:]) for row in ask(_CHANGES, {"draft": draft_id})]
    names = _names([row[3] for row in rows], on)
    return [ChangeLine(id_, kind, _told(kind, data, names), *rest) for id_, _draft, kind, data, *rest in rows]


def by_kind(lines: Sequence[ChangeLine]) -> list[tuple[str, list[ChangeLine]]]:
    """The changes of each kind together, kinds in the order of ChangeKind."""
    return [
        (str(label), found)
        for word, label in ChangeKind.choices
        if (found := [line for line in lines if line.kind == word])
    ]


def _data(value: Any) -> dict[str, Any]:
    """A JSON column as an object, whether or not the connection has parsed it."""
    found: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return found


def _names(changes: Sequence[Mapping[str, Any]], on: date) -> dict[tuple[str, int], str]:
    wanted: dict[str, list[int]] = {kind: [one[kind] for one in changes if one.get(kind)] for kind in _NAMED}
    wanted["unit"] = [unit for one in changes for unit in (*one.get("units", ()), one.get("into")) if unit]
    if not any(wanted.values()):
        return {}
    return {(kind, id_): name for kind, id_, name in ask(_NAMES, {**wanted, "on": on})}


def _told(kind: str, data: Mapping[str, Any], names: Mapping[tuple[str, int], str]) -> str:
    """One change as a sentence part; what the register no longer names is told by its number."""

    def name(what: str) -> str:
        return _subject(names.get((what, data.get(what, 0)), f"#{data.get(what, '')}"))

    on = _day(data.get("on"))
    if kind in (ChangeKind.INSTRUMENT_ENDS, ChangeKind.INSTRUMENT_EXTENDS):
        return _("%(what)s: hiệu lực đến trước %(on)s") % {"what": name("instrument"), "on": on}
    if kind == ChangeKind.BASIS_ADDED:
        told = {"subject": _subject(data["subject_key"]), "what": name("instrument"), "span": _span(data)}
        return _("%(subject)s dựa trên %(what)s, %(span)s") % told
    if kind == ChangeKind.RULE_ADDED:
        return _("%(subject)s do %(who)s của %(reach)s chủ trì, theo %(what)s, %(span)s") % {
            "subject": _subject(data["subject_key"]),
            "who": _who(data),
            "reach": reach_words(data["reach_key"]),
            "what": name("instrument"),
            "span": _span(data),
        }
    if kind == ChangeKind.POST_VACANT:
        return _("%(what)s trống, %(span)s") % {"what": name("post"), "span": _span(data)}
    if kind == ChangeKind.UNITS_MERGED:
        units = ", ".join(names.get(("unit", unit), f"#{unit}") for unit in data.get("units", ()))
        into = names.get(("unit", data.get("into", 0)), "")
        return _("%(units)s nhập vào %(into)s từ %(on)s") % {"units": units, "into": into, "on": on}
    what = {"rule_ended": "rule", "assignment_ended": "assignment"}.get(kind, "delegation")
    return _("%(what)s chấm dứt từ %(on)s") % {"what": name(what), "on": on}


def _who(data: Mapping[str, Any]) -> str:
    post = data.get("post_kind")
    return str(PostKind(post).label if post else BodyKind(data["body_kind"]).label)


def _subject(key: str) -> str:
    """A subject key as people read it."""
    for prefix, words in (("task:", _("Nhiệm vụ %(name)s")), ("field:", _("Lĩnh vực %(name)s"))):
        if key.startswith(prefix):
            return words % {"name": key.removeprefix(prefix)}
    return key


def _span(data: Mapping[str, Any]) -> str:
    start = _("từ %(day)s") % {"day": _day(data.get("from"))}
    end = _("hết hiệu lực từ %(day)s") % {"day": _day(data["to"])} if data.get("to") else ""
    return ", ".join(part for part in (start, end) if part)


def _day(text: object) -> str:
    return vn_date(date.fromisoformat(str(text))) if text else "…"
