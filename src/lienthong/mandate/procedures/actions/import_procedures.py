"""Taking in the national portal's export: every row is loaded or reported with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import IO, Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from lienthong.core.instruments.actions import register_decisions
from lienthong.core.instruments.enums import Confidence
from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.lib.portal_export import ExportUnreadable, read_export
from lienthong.lib.portal_rows import FeeKind, FeeRow, ProcedureRow, Rejected, TimeLimitRow, TimeUnit
from lienthong.mandate.procedures.actions.add_versions import add_versions, stated_by
from lienthong.mandate.procedures.enums import ImportOutcome, OnlineServiceLevel
from lienthong.mandate.procedures.models import ProcedureVersion
from lienthong.mandate.procedures.rules import is_same_statement, why_not_import
from lienthong.mandate.procedures.values import FeeRule, ImportedRow, ImportReport, Limit

SOURCE = "Bản xuất Cổng Dịch vụ công quốc gia"
CUT_SHORT = "phần chi tiết bị cắt"
UNITS = {TimeUnit.HOUR: "calendar_hour", TimeUnit.NOT_STATED: ""}
LONGEST = {"field": 200, "level": 120, "executing_text": 400, "source_url": 300, "source_note": 300}
# The export states these nowhere: a new version keeps what the former one had.
KEPT = ("online_level", "at_once", "boundary_free", "boundary_note", "papers", "steps")


@transaction.atomic
def import_procedures(
    stream: IO[bytes] | IO[str], *, actor: Actor, source: str = SOURCE, at: datetime | None = None
) -> ImportReport:
    """Load an export. A procedure whose content changed gets a new sequence, in force from today.

    What an office set stays beside it; what an annotation added (at once, boundary) is carried over.
    Raises Refused for a file that is no export, and for an actor who may not.
    """
    at = at or now()
    refusal = why_not_import(actor)
    if refusal:
        raise Refused.because(refusal)
    try:
        rows = list(read_export(stream))
    except ExportUnreadable as error:
        raise Refused(code=error.code, sentence=error.sentence, status=422) from error
    report, new = _compared(rows, actor, source, at)
    add_versions(new)
    counts = {outcome.value: report.count(outcome) for outcome in ImportOutcome}
    data = {**counts, "source": source, "codes": [code for code, _version in new]}
    record("procedures.imported", subject=Subject("catalogue", 0), actor=actor, at=at, data=data)
    return report


def _compared(
    rows: Sequence[ProcedureRow | Rejected], actor: Actor, source: str, at: datetime
) -> tuple[ImportReport, list[tuple[str, ProcedureVersion]]]:
    """What becomes of each row, and the versions to store."""
    numbers = [row.decision for row in rows if isinstance(row, ProcedureRow)]
    decisions = register_decisions(actor=actor, numbers=numbers, source_note=source, at=at)
    newest = _newest_versions()
    told: list[ImportedRow] = []
    new: list[tuple[str, ProcedureVersion]] = []
    for row in rows:
        if isinstance(row, Rejected):
            told.append(ImportedRow(row.row_number, row.code, ImportOutcome.REJECTED, row.reason))
            continue
        outcome, reason, version = _outcome(row, newest.get(row.code), decisions, source, at.date())
        told.append(ImportedRow(row.row_number, row.code, outcome, reason))
        if version:
            new.append((row.code, version))
    return ImportReport(tuple(told)), new


def _outcome(
    row: ProcedureRow,
    former: ProcedureVersion | None,
    decisions: Mapping[str, int],
    source: str,
    on: date,
) -> tuple[ImportOutcome, str, ProcedureVersion | None]:
    version = _version(row, decisions, source)
    too_long = _too_long(version)
    if too_long:
        return ImportOutcome.REJECTED, too_long, None
    if former is None:
        return ImportOutcome.LOADED, "", version
    if is_same_statement(stated_by(former), stated_by(version)):
        return ImportOutcome.UNCHANGED, "", None
    return ImportOutcome.NEW_VERSION, "", _succeeding(former, version, on)


def _succeeding(former: ProcedureVersion, version: ProcedureVersion, on: date) -> ProcedureVersion:
    version.sequence = former.sequence + 1
    version.valid_during = DateRange(on, None)
    for name in KEPT:
        setattr(version, name, getattr(former, name))
    if former.executing_text == version.executing_text:
        version.executing_body = former.executing_body
    annotated = [limit for limit in former.time_limits or [] if limit["citation"]]
    version.time_limits = [*annotated, *(version.time_limits or [])] or None
    return version


def _newest_versions() -> dict[str, ProcedureVersion]:
    found = ProcedureVersion.objects.select_related("procedure").order_by("procedure_id", "-sequence")
    return {version.procedure.code: version for version in found.distinct("procedure_id")}


def _version(row: ProcedureRow, decisions: Mapping[str, int], source: str) -> ProcedureVersion:
    return ProcedureVersion(
        valid_during=DateRange(None, None),
        name=row.name,
        field=row.field,
        level=", ".join(row.levels),
        executing_body=row.body.value,
        executing_text=row.executing_text,
        channels=[channel.value for channel in row.channels],
        subjects="; ".join(row.subjects),
        result="; ".join(
            f"{result.name} ({result.code})" if result.code else result.name for result in row.results
        ),
        online_level=OnlineServiceLevel.NOT_STATED,
        time_limits=[limit for stated in row.time_limits for limit in _limits(stated)] or None,
        fees=[fee for stated in row.fees for fee in _fees(stated)] or None,
        decision_id=decisions.get(row.decision),
        source_url=row.url,
        source_note=f"{source}; {CUT_SHORT}" if row.detail_truncated else source,
    )


def _limits(row: TimeLimitRow) -> list[dict[str, Any]]:
    return [
        asdict(
            Limit(
                amount=row.amount,
                unit=UNITS.get(row.unit, row.unit.value),
                text=row.text,
                case=row.description,
                channel=channel,
                confidence=Confidence.VERIFIED,
            )
        )
        for channel in [channel.value for channel in row.channels] or [""]
    ]


def _fees(row: FeeRow) -> list[dict[str, Any]]:
    """Sums in foreign money are charged by missions abroad, not at a commune's counter."""
    if row.currency != "VND":
        return []
    doubtful = row.doubt or row.kind in (FeeKind.DOUBTFUL, FeeKind.SET_LOCALLY)
    return [
        asdict(
            FeeRule(
                amount=row.amount,
                per=row.per,
                label="Phí, lệ phí",
                text=row.text,
                confidence=Confidence.ASSUMPTION if doubtful else Confidence.VERIFIED,
                channel=channel,
                case=row.description,
                tier_from=row.tier_from,
                tier_amount=row.tier_amount,
                max_amount=row.max_amount,
                doubt=row.doubt,
            )
        )
        for channel in [channel.value for channel in row.channels] or [""]
    ]


def _too_long(version: ProcedureVersion) -> str:
    """Which text is longer than the catalogue holds; nothing is cut in silence."""
    for name, most in LONGEST.items():
        if len(getattr(version, name)) > most:
            return _("Ô “{name}” dài hơn {most} ký tự. Hãy rút gọn trong tệp rồi nhập lại.").format(
                name=name, most=most
            )
    return ""
