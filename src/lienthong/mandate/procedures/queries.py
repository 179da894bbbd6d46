"""The catalogue as it applies at a place on a day. Each question is one statement."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from lienthong.core.instruments.enums import Confidence
from lienthong.core.registry.values import NotFound
from lienthong.lib.text import fold
from lienthong.mandate.procedures.enums import TermName
from lienthong.mandate.procedures.rules import lacks_of, limits_for, why_not_usable
from lienthong.mandate.procedures.values import (
    CatalogueRow,
    FeeRule,
    Limit,
    OfficeList,
    OfficePage,
    OfficeRow,
    Paper,
    ProcedurePage,
    SetTerm,
    Step,
    Terms,
    VersionLine,
)

__all__ = [
    "effective_terms",
    "fields_in_force",
    "lacking_procedures",
    "limits_for",
    "office_list",
    "office_page",
    "procedure_names",
    "procedure_page",
    "search_catalogue",
    "terms_set_at",
    "why_not_usable",
]

# The newest sequence in force; of each term the newest local value, the place's own before the province's.
_TERMS = """
SELECT json_build_object(
    'code', p.code, 'task_id', p.task_id, 'version_id', v.id, 'name', v.name, 'field', v.field,
    'executing_body', v.executing_body, 'channels', v.channels, 'result', v.result, 'at_once', v.at_once,
    'boundary_free', v.boundary_free, 'time_limits', v.time_limits, 'fees', v.fees, 'papers', v.papers,
    'steps', v.steps, 'until', upper(v.valid_during),
    'local', (SELECT json_object_agg(l.term, json_build_object(
                'value', l.value, 'citation', l.citation, 'confidence', l.confidence))
              FROM (SELECT DISTINCT ON (t.term) t.term, t.value, t.citation, t.confidence
                    FROM procedures_localterm t
                    WHERE t.procedure_id = p.id AND t.place IN (%(place)s, '')
                      AND t.valid_during @> %(on)s::date
                    ORDER BY t.term, t.place DESC, t.id DESC) l)
  ) AS terms
"""
_IN_FORCE = """
FROM procedures_procedure p
JOIN LATERAL (
  SELECT * FROM procedures_procedureversion
  WHERE procedure_id = p.id AND valid_during @> %(on)s::date ORDER BY sequence DESC LIMIT 1
) v ON true
"""

# Found by the beginnings of words; names in which the words stand together come first, then the shorter ones.
_SEARCH = f"""
SELECT found.terms, found.rank, found.length, found.code FROM (
  {_TERMS}, p.code AS code, length(v.name) AS length,
    CASE WHEN (' ' || v.search_key) LIKE %(phrase)s THEN 0 ELSE 1 END AS rank
  {_IN_FORCE}
  WHERE (' ' || v.search_key) LIKE ALL (%(words)s)
    AND (%(field)s = '' OR v.field = %(field)s) AND (%(body)s = '' OR v.executing_body = %(body)s)
) found
WHERE (found.rank, found.length, found.code) > (%(rank)s, %(length)s, %(code)s)
ORDER BY found.rank, found.length, found.code LIMIT %(limit)s
"""

_PAGE = f"""
{_TERMS}, v.level, v.executing_text, v.subjects, v.online_level, v.boundary_note,
  coalesce((SELECT number FROM instruments_instrument WHERE id = v.decision_id), ''),
  v.source_url, v.source_note,
  (SELECT json_agg(json_build_array(o.sequence, coalesce(lower(o.valid_during)::text, ''),
                                    coalesce(upper(o.valid_during)::text, ''), coalesce(i.number, ''))
                   ORDER BY o.sequence DESC)
   FROM procedures_procedureversion o LEFT JOIN instruments_instrument i ON i.id = o.decision_id
   WHERE o.procedure_id = p.id)
{_IN_FORCE}
WHERE p.code = %(code)s
"""

_SET = """
SELECT l.id, l.term, l.place, l.value, l.citation, l.confidence, lower(l.valid_during),
       upper(l.valid_during), l.recorded_at, coalesce(who.name, ''), l.valid_during @> %(on)s::date
FROM procedures_localterm l JOIN procedures_procedure p ON p.id = l.procedure_id
LEFT JOIN identity_account a ON a.id = l.set_by LEFT JOIN organisation_person who ON who.id = a.person_id
WHERE p.code = %(code)s AND l.place IN (%(place)s, '')
ORDER BY l.id DESC LIMIT 200
"""
_OWN_TERMS = """
SELECT DISTINCT ON (l.place, p.code, l.term) l.place, p.code, l.term, l.value
FROM procedures_localterm l JOIN procedures_procedure p ON p.id = l.procedure_id
WHERE l.place = ANY(%(places)s) AND l.valid_during @> %(on)s::date
ORDER BY l.place, p.code, l.term, l.id DESC
"""
_SET_AT = """
SELECT DISTINCT ON (p.code) p.code, l.id, l.term, l.place, l.value, l.citation, l.confidence,
       lower(l.valid_during), upper(l.valid_during), l.recorded_at
FROM procedures_localterm l JOIN procedures_procedure p ON p.id = l.procedure_id
WHERE l.place = %(place)s AND l.term = %(term)s AND l.valid_during @> %(on)s::date
ORDER BY p.code, l.id DESC
"""
# How many procedures one look for those that lack something reads at most.
LOOK = 1000


def effective_terms(code: str, place: str, on: date) -> Terms | None:
    """What a procedure demands at a place on a day; None where no version is in force. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_TERMS} {_IN_FORCE} WHERE p.code = %(code)s", {"code": code, "place": place, "on": on}
        )
        row = cursor.fetchone()
    return _terms(row[0]) if row else None


def search_catalogue(
    text: str,
    on: date,
    place: str = "",
    limit: int = 20,
    after: str = "",
    *,
    field: str = "",
    body: str = "",
) -> list[CatalogueRow]:
    """Procedures in force whose words begin with the words typed (no tones needed); also codes and initials.

    `after` is the last row's `after`, for the next page. One statement.
    """
    words = fold(text).split()
    rank, length, code = _reached(after)
    asked: dict[str, Any] = {"on": on, "place": place, "field": field, "body": body, "limit": limit}
    asked |= {"rank": rank, "length": length, "code": code}
    asked |= {"words": [_beginning(word) for word in words] or ["%"], "phrase": _beginning(" ".join(words))}
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, asked)
        rows = cursor.fetchall()
    return [CatalogueRow(_terms(terms), json.dumps(place_in_order)) for terms, *place_in_order in rows]


def procedure_page(code: str, on: date, place: str = "") -> ProcedurePage:
    """Everything the catalogue has of a procedure in force. Raises NotFound. One statement."""
    return _page_and_source(code, on, place)[0]


def office_page(code: str, on: date, place: str, channel: str = "counter") -> OfficePage:
    """A procedure as the office keeps it, with every setting of each term. Raises NotFound. Two statements."""
    page, source = _page_and_source(code, on, place)
    with connection.cursor() as cursor:
        cursor.execute(_SET, {"code": code, "place": place, "on": on})
        history = tuple(SetTerm(*_with_value(row)) for row in cursor.fetchall())
    return OfficePage(page, source, _office_row(page.terms, channel, on), history)


def office_list(
    text: str,
    on: date,
    place: str,
    *,
    lacking: bool = False,
    after: str = "",
    limit: int = 30,
    channel: str = "counter",
) -> OfficeList:
    """One page of the catalogue as the office keeps it; `lacking`: those for which it must set something first.

    One statement.
    """
    found = search_catalogue(text, on, place, LOOK if lacking else limit + 1, after)
    rows = [(one.after, _office_row(one.terms, channel, on)) for one in found]
    wanted = [(mark, row) for mark, row in rows if row.lacks or not lacking]
    shown = wanted[:limit]
    if len(wanted) > limit:
        return OfficeList(tuple(row for _mark, row in shown), shown[-1][0])
    unread = rows[-1][0] if lacking and len(rows) == LOOK else ""
    return OfficeList(tuple(row for _mark, row in shown), unread)


def fields_in_force(on: date) -> list[str]:
    """The fields of work that have a procedure in force, for a filter. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT v.field {_IN_FORCE} WHERE v.field <> ''", {"on": on})
        return [row[0] for row in cursor.fetchall()]


def procedure_names(on: date) -> list[tuple[str, str]]:
    """Code and name of every procedure in force, for finding one by what others call it. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT p.code, v.name {_IN_FORCE} ORDER BY p.code", {"on": on})
        return [(code, name) for code, name in cursor.fetchall()]


def lacking_procedures(
    places: Sequence[str], on: date, body: str, channel: str = "counter"
) -> dict[str, tuple[int, int, tuple[str, ...]]]:
    """Of each place: how many procedures it has begun to set, how many its counter may take in, and which of
    the begun ones still lack a term ("code name").

    Begun: an office (the place's or the province's) has set a term, or the source states all that is needed.
    Two statements, however many places.
    """
    whole = [row.terms for row in search_catalogue("", on, "", LOOK * 10, body=body)]
    lacks = {terms.procedure_code: set(lacks_of(terms, channel, on)) for terms in whole}
    begun = {terms.procedure_code for terms in whole if terms.citations or not lacks[terms.procedure_code]}
    names = {terms.procedure_code: f"{terms.procedure_code} {terms.name}" for terms in whole}
    own = _own_terms(places, on)
    found = {}
    for place in places:
        set_here = {code: terms for code, terms in own.get(place, {}).items() if code in lacks}
        wanting = {code: lacks[code] - set_here.get(code, set()) for code in begun | set_here.keys()}
        short = tuple(names[code] for code in sorted(wanting) if wanting[code])
        found[place] = (len(wanting), len(wanting) - len(short), short)
    return found


def _own_terms(places: Sequence[str], on: date) -> dict[str, dict[str, set[str]]]:
    """place -> procedure -> the terms that the place has set; "at once" stands for time and steps as well."""
    found: dict[str, dict[str, set[str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_OWN_TERMS, {"places": list(places), "on": on})
        for place, code, term, value in cursor.fetchall():
            terms = found.setdefault(place, {}).setdefault(code, set())
            terms.add(term)
            if term == TermName.AT_ONCE and value in (True, "true"):
                terms |= {TermName.TIME_LIMIT, TermName.STEPS}
    return found


def terms_set_at(place: str, term: str, on: date) -> dict[str, SetTerm]:
    """procedure code -> what a place itself ("" = the whole province) has set of a term, as it counts on a day.

    One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SET_AT, {"place": place, "term": term, "on": on})
        return {code: SetTerm(*_with_value((*row, "", True))) for code, *row in cursor.fetchall()}


def _reached(after: str) -> tuple[int, int, str]:
    """Where the former page ended; a mark that somebody broke begins at the top again."""
    try:
        rank, length, code = json.loads(after or "[]")
        return int(rank), int(length), str(code)
    except (TypeError, ValueError):
        return -1, -1, ""


def _office_row(terms: Terms, channel: str, on: date) -> OfficeRow:
    return OfficeRow(terms, lacks_of(terms, channel, on), why_not_usable(terms, channel, on))


def _page_and_source(code: str, on: date, place: str) -> tuple[ProcedurePage, Terms]:
    """The page of a procedure, and its terms as the source alone states them."""
    with connection.cursor() as cursor:
        cursor.execute(_PAGE, {"code": code, "place": place, "on": on})
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    terms, *stated, versions = row
    rest = [*stated, tuple(VersionLine(*line) for line in versions)]
    kept: dict[str, Any] = json.loads(terms) if isinstance(terms, str) else terms
    return ProcedurePage(_terms(kept), *rest), _terms({**kept, "local": None})


def _with_value(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row of settings with its JSON value read."""
    ident, term, place, value, *rest = row
    return (ident, term, place, json.loads(value) if isinstance(value, str) else value, *rest)


def _beginning(words: str) -> str:
    """The LIKE pattern "a word begins so"."""
    escaped = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"% {escaped}%"


def _terms(kept: str | dict[str, Any]) -> Terms:
    row: dict[str, Any] = json.loads(kept) if isinstance(kept, str) else kept
    local: dict[str, dict[str, Any]] = row["local"] or {}
    until = row["until"]
    return Terms(
        procedure_code=row["code"],
        version_id=row["version_id"],
        task_id=row["task_id"],
        name=row["name"],
        field=row["field"],
        executing_body=row["executing_body"],
        channels=tuple(row["channels"]),
        result=row["result"],
        at_once=local[TermName.AT_ONCE]["value"] if TermName.AT_ONCE in local else row["at_once"],
        boundary_free=row["boundary_free"],
        limits=_each(Limit, _sourced(local, TermName.TIME_LIMIT, row["time_limits"])),
        fees=_each(FeeRule, _sourced(local, TermName.FEES, row["fees"])),
        papers=_each(Paper, _value(local, TermName.PAPERS, row["papers"])),
        steps=_each(Step, _value(local, TermName.STEPS, row["steps"])),
        illustrative=tuple(
            sorted(term for term, set_ in local.items() if set_["confidence"] == Confidence.ILLUSTRATIVE)
        ),
        citations=tuple(sorted((term, set_["citation"]) for term, set_ in local.items())),
        valid_until=date.fromisoformat(until) if until else None,
    )


def _value(local: dict[str, dict[str, Any]], term: TermName, stated: Any) -> Any:
    return local[term]["value"] if term in local else stated


def _sourced(local: dict[str, dict[str, Any]], term: TermName, stated: Any) -> Any:
    """As `_value`; what an office set carries the office's citation and confidence on each row."""
    if term not in local:
        return stated
    source = {"citation": local[term]["citation"], "confidence": local[term]["confidence"]}
    return [{**row, **source} for row in local[term]["value"]]


def _each(kind: type[Any], rows: list[dict[str, Any]] | None) -> tuple[Any, ...] | None:
    return None if rows is None else tuple(kind(**row) for row in rows)
