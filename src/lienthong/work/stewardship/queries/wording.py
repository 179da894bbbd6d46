"""A finding in words, and the page of the act that mends it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lienthong.core.scope.values import Actor
from lienthong.mandate.competence.enums import Finding as Lacking
from lienthong.people.organisation.enums import BodyKind, PostKind
from lienthong.work.stewardship.enums import Kind, Mend
from lienthong.work.stewardship.models import Finding
from lienthong.work.stewardship.values import FindingLine

_NAMES = """
SELECT 'post', id::text, title FROM organisation_post WHERE id = ANY(%(post)s)
UNION ALL SELECT 'body', id::text, name FROM organisation_body WHERE id = ANY(%(body)s)
UNION ALL SELECT 'instrument', id::text, coalesce(nullif(number, ''), title) FROM instruments_instrument
  WHERE id = ANY(%(instrument)s)
UNION ALL SELECT 'delegation', id::text, number FROM competence_delegation WHERE id = ANY(%(delegation)s)
UNION ALL SELECT 'assignment', id::text, instrument_text FROM competence_workassignment
  WHERE id = ANY(%(assignment)s)
UNION ALL SELECT 'rule', r.id::text, coalesce(nullif(i.number, ''), i.title) FROM competence_competencerule r
  JOIN instruments_instrument i ON i.id = r.instrument_id WHERE r.id = ANY(%(rule)s)
UNION ALL SELECT 'basis', b.id::text, coalesce(nullif(i.number, ''), i.title) FROM competence_taskbasis b
  JOIN instruments_instrument i ON i.id = b.instrument_id WHERE b.id = ANY(%(basis)s)
"""
# What a word of a finding's data points at.
NAMED = {
    "post": "post",
    "body": "body",
    "instrument": "instrument",
    "delegation": "delegation",
    "from": "delegation",
    "assignment": "assignment",
    "rule": "rule",
    "against": "rule",
    "basis": "basis",
}
# What a finding says, by kind and code; what has no sentence of its own is told by its kind.
SENTENCES = {
    "overlap": gettext_noop("Hai văn bản cùng giao việc này cho hai cơ quan khác nhau"),
    "overlap:refused": gettext_noop("Có người đã định ghi cơ quan chủ trì thứ hai, sổ không nhận"),
    "lapse": gettext_noop("Sắp hết hiệu lực, chưa có gì thay thế"),
    "lapse:instrument": gettext_noop("Văn bản sắp hết hiệu lực, chưa có văn bản thay thế"),
    "lapse:rule": gettext_noop("Quy định phân định sắp hết, chưa có quy định tiếp theo"),
    "lapse:basis": gettext_noop("Căn cứ giao thẩm quyền sắp hết, chưa có căn cứ tiếp theo"),
    "lapse:assignment": gettext_noop("Phân công sắp hết, chưa có phân công tiếp theo"),
    "lapse:appointment": gettext_noop("Bổ nhiệm sắp hết, chưa có người tiếp theo"),
    "lapse:delegation": gettext_noop("Ủy quyền sắp hết thời hạn, chưa có ủy quyền tiếp theo"),
    "broken": gettext_noop("Ủy quyền không còn đứng vững"),
    "broken:no_competence": gettext_noop("Bên ủy quyền không có thẩm quyền đã ủy quyền"),
    "broken:passed_on": gettext_noop("Việc được ủy quyền lại bị ủy quyền tiếp"),
    "broken:condition_unmet": gettext_noop("Bên được ủy quyền chưa có minh chứng đủ điều kiện"),
    "broken:grantor_left": gettext_noop("Người ủy quyền đã thôi giữ vị trí"),
    "broken:grantee_left": gettext_noop("Người được ủy quyền đã thôi giữ vị trí"),
    "broken:report_overdue": gettext_noop("Báo cáo việc làm theo ủy quyền đã quá hạn"),
    "meanwhile": gettext_noop("Sổ ghi lùi ngày: việc đã làm trước khi ghi khác với sổ hiện nay"),
}
FOR_CITY = {Mend.ADD_RULE, Mend.ADD_BASIS, Mend.EXTEND, Mend.SETTLE}


def lines_of(
    actor: Actor, rows: Iterable[Finding], names_of_units: Mapping[int, tuple[str, str]]
) -> list[FindingLine]:
    """The findings as a page shows them; `names_of_units`: (code, name) by id. One statement."""
    found = list(rows)
    names = names_behind(found)
    return [_line(actor, row, names, names_of_units) for row in found]


def sentence_of(kind: str, code: str) -> str:
    """What a finding says."""
    known = SENTENCES.get(f"{kind}:{code}") or (None if kind == Kind.GAP else SENTENCES.get(kind))
    if known:
        return _(known)
    if code in Lacking.values:
        return str(Lacking(code).label)
    return str(Kind(kind).label) if kind in Kind.values else code


def names_behind(rows: Iterable[Finding]) -> dict[tuple[str, str], str]:
    """The names of what the findings' data point at, by (word, id). At most one statement."""
    return names_of([row.data for row in rows])


def names_of(told: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """The names of what these data point at, by (word, id). At most one statement."""
    asked: dict[str, set[int]] = defaultdict(set)
    for data in told:
        for word, value in data.items():
            if word in NAMED and str(value).isdecimal():
                asked[NAMED[word]].add(int(value))
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, {kind: list(asked[kind]) for kind in NAMED.values()})
        return {(word, number): name for word, number, name in cursor.fetchall()}


def about_of(subject: str, data: Mapping[str, Any], names: Mapping[tuple[str, str], str]) -> str:
    """What it is about: the paper, post or body behind it, else the field or task."""
    marks = [(NAMED[word], str(value)) for word, value in data.items() if word in NAMED]
    behind = [names[mark] for mark in marks if names.get(mark)]
    kind, _colon, rest = subject.partition(":")
    if kind in ("task", "field"):
        behind.insert(0, rest)
    elif subject in BodyKind.values:
        behind.insert(0, str(BodyKind(subject).label))
    elif not behind:
        behind.append(subject)
    if data.get("post_kind") in PostKind.values:
        behind.append(str(PostKind(data["post_kind"]).label))
    return ", ".join(dict.fromkeys(behind))


def mend_url(mend: str, data: Mapping[str, Any], subject: str, unit_code: str, finding_id: int) -> str:
    """The page of the act that mends it; "" where there is none."""
    given = {"unit": unit_code} if unit_code else {}
    asked = {"subject": subject} if subject.partition(":")[0] in ("task", "field") else {}
    number = next((str(data[word]) for word in ("instrument", "post", "delegation") if word in data), "")
    reach = {"reach": f"unit:{unit_code}"} if unit_code else {}
    match mend:
        case Mend.APPOINT if "post" in data:
            return _address("staff_post", {}, str(data["post"]))
        case Mend.APPOINT | Mend.ADD_BODY:
            return _address("staff_list", given)
        case Mend.ASSIGN:
            return _address("competence_assignments", given)
        case Mend.ADD_RULE:
            return _address("competence_rule_add", {**asked, **reach})
        case Mend.ADD_BASIS:
            return _address("competence_basis_add", asked)
        case Mend.EXTEND if "instrument" in data:
            return _address("competence_instrument_end", {}, str(data["instrument"]))
        case Mend.EXTEND:
            return _address("competence_instruments", {})
        case Mend.DELEGATE:
            return _address("competence_delegation_grant", given)
        case Mend.REVOKE if "delegation" in data:
            return _address("competence_delegation_revoke", {}, number)
        case Mend.REVOKE:
            return _address("competence_delegations", given)
        case Mend.REPORT:
            return _address("work_of_unit", given)
        case Mend.SETTLE:
            return _address("competence_rules", asked)
        case Mend.LOOK:
            return _address("finding_cases", {}, str(finding_id))
    return ""


def _address(name: str, query: Mapping[str, str], *places: str) -> str:
    try:
        address = reverse(name, args=[int(place) if place.isdecimal() else place for place in places])
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode(query)}" if query else address


def _line(
    actor: Actor,
    row: Finding,
    names: Mapping[tuple[str, str], str],
    names_of_units: Mapping[int, tuple[str, str]],
) -> FindingLine:
    code, unit = names_of_units.get(row.unit_id or 0, ("", ""))
    is_mine = actor.may("city") or row.mend not in FOR_CITY
    return FindingLine(
        id=row.pk,
        kind=row.kind,
        kind_label=str(Kind(row.kind).label),
        words=sentence_of(row.kind, row.code),
        about=about_of(row.subject, row.data, names),
        unit=unit,
        unit_code=code,
        tasks=len(row.tasks),
        fields=tuple(row.touched_fields),
        since_on=row.since_on,
        until_on=row.until_on,
        cases_open=row.cases_open,
        mend_label=str(Mend(row.mend).label) if row.mend in Mend.values else row.mend,
        mend_url=mend_url(row.mend, row.data, row.subject, code, row.pk) if is_mine else "",
        first_seen_at=row.first_seen_at,
        gone_at=row.gone_at,
    )
