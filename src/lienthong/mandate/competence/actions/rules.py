"""Rules of competence: adding, amending, ending; a second lead is refused, and that it was tried is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.journal.actions import begin_command, finish_command
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import do_apart
from lienthong.core.scope.values import Actor
from lienthong.mandate.competence import rules
from lienthong.mandate.competence.actions.step import (
    alone,
    journal,
    refuse,
    replace,
    shorten,
    why_not_instrument,
    why_not_shorten,
)
from lienthong.mandate.competence.enums import Division, RuleRole
from lienthong.mandate.competence.models import CompetenceRule

# Written after the act that was refused has been undone: a rule that went with it stands no longer.
_REFUSED = """
INSERT INTO competence_refusedlead
  (subject_key, reach_key, body_kind, valid_during, instrument_id, standing_id, post_id, unit_id)
SELECT %(subject)s, %(reach)s, %(body)s, daterange(%(start)s, %(end)s), i.id,
       (SELECT r.id FROM competence_competencerule r WHERE r.id = %(standing)s), %(post)s, %(unit)s
FROM instruments_instrument i WHERE i.id = %(instrument)s
"""


@transaction.atomic
def add_rule(
    *,
    actor: Actor,
    key: UUID,
    subject_key: str,
    reach_key: str,
    body_kind: str,
    instrument_id: int,
    confidence: str,
    valid_from: date,
    valid_to: date | None = None,
    role: RuleRole = RuleRole.LEAD,
    post_kind: str = "",
    division: str = Division.NOT_STATED,
    article: str = "",
    note: str = "",
    at: datetime | None = None,
) -> int:
    """Add a rule; `valid_to` is the first day without it. Raises Refused for a second lead of equal reach."""
    rule = CompetenceRule(
        subject_key=subject_key, reach=reach_key.partition(":")[0], reach_key=reach_key, role=role
    )
    _state(rule, body_kind, post_kind, instrument_id, confidence, article, division, note)
    rule.valid_during = _during(valid_from, valid_to)
    told = _told(rule, valid_from)
    former = begin_command(key, "competence.rule_added", {**told, **_more(rule, valid_to)}, actor)
    if former is not None:
        return int(former)
    _store(actor, rule, valid_from, valid_to)
    journal("competence.rule_added", Subject("competence_rule", rule.pk), actor, at, told, valid_from)
    finish_command(key, actor, rule.pk)
    return rule.pk


@transaction.atomic
def amend_rule(
    *,
    actor: Actor,
    key: UUID,
    rule_id: int,
    body_kind: str,
    instrument_id: int,
    confidence: str,
    valid_from: date,
    valid_to: date | None = None,
    post_kind: str = "",
    division: str = Division.NOT_STATED,
    article: str = "",
    note: str = "",
    at: datetime | None = None,
) -> int:
    """Say a rule otherwise (its subject, reach and role stay): a new row replaces it. Returns the new id.

    Raises Refused where the row was replaced before, or where it would become a second lead.
    """
    told: dict[str, Any] = {"rule": rule_id, "body": body_kind, "post": post_kind}
    told["valid_from"] = valid_from.isoformat()
    more = {"to": valid_to, "instrument": instrument_id, "article": article, "confidence": confidence}
    body = {**told, **more, "division": division, "note": note}
    former = begin_command(key, "competence.rule_amended", body, actor)
    if former is not None:
        return int(former)
    rule = _locked(rule_id)
    refuse(rules.why_not_rule(actor, rule.subject_key, rule.reach_key))
    refuse(rules.why_not_shorten(rule.superseded_at is None, False, None, valid_from))
    _state(rule, body_kind, post_kind, instrument_id, confidence, article, division, note)
    rule.valid_during = _during(valid_from, valid_to)
    _store(actor, rule, valid_from, valid_to)
    told |= {"subject": rule.subject_key, "reach": rule.reach_key}
    journal("competence.rule_amended", Subject("competence_rule", rule.pk), actor, at, told, valid_from)
    finish_command(key, actor, rule.pk)
    return rule.pk


@transaction.atomic
def end_rule(*, actor: Actor, key: UUID, rule_id: int, valid_to: date, at: datetime | None = None) -> None:
    """End a rule: `valid_to` is the first day without it; a rule that had not begun becomes empty."""
    if begin_command(key, "competence.rule_ended", {"rule": rule_id, "to": valid_to}, actor) is not None:
        return
    rule = _locked(rule_id)
    refuse(rules.why_not_rule(actor, rule.subject_key, rule.reach_key))
    refuse(why_not_shorten(rule, valid_to))
    told = {"subject": rule.subject_key, "valid_to": valid_to.isoformat(), "former": rule_id}
    shorten(rule, valid_to)
    journal("competence.rule_ended", Subject("competence_rule", rule_id), actor, at, told, valid_to)
    finish_command(key, actor, rule_id)


def _state(
    rule: CompetenceRule,
    body_kind: str,
    post_kind: str,
    instrument_id: int,
    confidence: str,
    article: str,
    division: str,
    note: str,
) -> None:
    rule.body_kind, rule.post_kind, rule.instrument_id = body_kind, post_kind, instrument_id
    rule.confidence, rule.article, rule.division, rule.note = confidence, article, division, note


def _store(actor: Actor, rule: CompetenceRule, valid_from: date, valid_to: date | None) -> None:
    """Put a rule into the register: a new one, or in the place of the one that it was."""
    refuse(_why_not(actor, rule, valid_from, valid_to))
    with (
        _keeping_refused(actor, rule),
        alone("one_lead_a_reach", lambda: rules.overlapping_lead(rule.subject_key)),
    ):
        if rule.pk:
            replace(rule, rule.valid_during)
        else:
            rule.save(force_insert=True)


def _locked(rule_id: int) -> CompetenceRule:
    rule = CompetenceRule.objects.select_for_update().filter(pk=rule_id).first()
    if rule is None:
        raise NotFound
    return rule


def _why_not(actor: Actor, rule: CompetenceRule, valid_from: date, valid_to: date | None) -> Any:
    return (
        rules.why_not_rule(actor, rule.subject_key, rule.reach_key)
        or rules.why_not_stated(rule.body_kind, rule.post_kind, rule.confidence)
        or rules.why_not_range(valid_from, valid_to)
        or why_not_instrument(rule.instrument_id)
    )


def _during(valid_from: date, valid_to: date | None) -> DateRange:
    """The range, or an empty one for days in the wrong order: the rule refuses those with a sentence."""
    return (
        DateRange(empty=True)
        if rules.why_not_range(valid_from, valid_to)
        else DateRange(valid_from, valid_to)
    )


def _told(rule: CompetenceRule, valid_from: date) -> dict[str, Any]:
    told = {"subject": rule.subject_key, "reach": rule.reach_key, "body": rule.body_kind}
    return {**told, "post": rule.post_kind, "valid_from": valid_from.isoformat()}


def _more(rule: CompetenceRule, valid_to: date | None) -> dict[str, Any]:
    more = {"to": valid_to, "role": rule.role, "instrument": rule.instrument_id, "article": rule.article}
    return {**more, "confidence": rule.confidence, "division": rule.division, "note": rule.note}


@contextmanager
def _keeping_refused(actor: Actor, rule: CompetenceRule) -> Iterator[None]:
    """Keep what was refused as a second lead, in a transaction of its own after this one."""
    try:
        yield
    except Refused as refused:
        if refused.refusal.code == "competence.second_lead":
            _note_refused(actor, rule)
        raise


def _note_refused(actor: Actor, rule: CompetenceRule) -> None:
    """With what it ran against; never the rule itself that was to be amended."""
    standing = CompetenceRule.objects.exclude(pk=rule.replaces_id or 0).filter(
        subject_key=rule.subject_key,
        reach_key=rule.reach_key,
        role=RuleRole.LEAD,
        superseded_at=None,
        valid_during__overlap=rule.valid_during,
    )
    values = {
        "subject": rule.subject_key,
        "reach": rule.reach_key,
        "body": rule.body_kind,
        "start": rule.valid_during.lower,
        "end": rule.valid_during.upper,
        "instrument": rule.instrument_id,
        "standing": standing.values_list("pk", flat=True).first(),
        "post": actor.post_id,
        "unit": actor.unit_id,
    }
    do_apart(lambda: _write_refused(values))


def _write_refused(values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_REFUSED, values)
