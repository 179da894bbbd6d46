"""The register of dossiers (mẫu 07): on the screen, as PDF and as a spreadsheet of exactly the same rows."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now, today
from lienthong.facilities.documents.queries import letterhead
from lienthong.facilities.documents.queries import render as draw
from lienthong.facilities.documents.values import DossierRegister, RegisterRow
from lienthong.lib.dates import format_date
from lienthong.lib.spreadsheet import Column, ColumnKind, write_sheet
from lienthong.people.identity.enums import Duty
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import unit_by_id, unit_names
from lienthong.people.parties.access import cards_of
from lienthong.work.dossiers.enums import ReturnMode
from lienthong.work.dossiers.forms.others import PeriodForm
from lienthong.work.dossiers.queries import register_lines
from lienthong.work.dossiers.rules import LIFECYCLE
from lienthong.work.dossiers.values import RegisterLine
from lienthong.work.dossiers.views.acting import actor_of

PAGE, MOST_IN_PDF, MOST_IN_SHEET = 50, 3_000, 50_000
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    Column("STT", ColumnKind.INTEGER),
    Column("Mã hồ sơ"),
    Column("Tên thủ tục hành chính"),
    Column("Họ và tên người nộp"),
    Column("Số giấy tờ định danh"),
    Column("Địa chỉ"),
    Column("Điện thoại"),
    Column("Đơn vị giải quyết"),
    Column("Ngày nhận", ColumnKind.DATETIME),
    Column("Hẹn trả lần đầu", ColumnKind.DATETIME),
    Column("Hẹn trả hiện tại", ColumnKind.DATETIME),
    Column("Ngày trả kết quả", ColumnKind.DATETIME),
    Column("Cách trả"),
    Column("Người nhận"),
    Column("Trạng thái"),
    Column("Ghi chú"),
)


@needs(Duty.RECEPTION, Duty.OVERVIEW, Duty.RECORDS)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """One page of the register of a period, with the way to its PDF and its spreadsheet."""
    form = _period(request)
    after = request.GET.get("after", "")
    lines: list[RegisterLine] = []
    if form.is_valid():
        mark = int(after) if after.isdecimal() and len(after) < 19 else 0
        lines = register_lines(actor_of(request), **form.cleaned_data, after=mark, limit=PAGE)
    context = {
        "form": form,
        "period": form.cleaned_data if form.is_valid() else None,
        "rows": [(line, LIFECYCLE.state_label(line.state), _note(line)) for line in lines[:PAGE]],
        "units": unit_names({line.responsible_unit_id for line in lines}, today()),
        "after": str(lines[PAGE - 1].id) if len(lines) > PAGE else "",
        "first": not after,
    }
    return render(request, "dossiers/register.html", context, status=200 if form.is_valid() else 422)


@needs(Duty.RECEPTION, Duty.OVERVIEW, Duty.RECORDS)
@require_safe
def register_pdf(request: HttpRequest) -> HttpResponse:
    """Mẫu 07 for the period."""
    actor, period = actor_of(request), _demanded(request)
    lines = _lines(actor, period, MOST_IN_PDF)
    unit = unit_by_id(actor.unit_id or 0, today())
    units = unit_names({line.responsible_unit_id for line in lines}, today())
    paper = DossierRegister(
        letterhead=letterhead(unit, now()),
        first_on=period["first_on"],
        last_on=period["last_on"],
        rows=tuple(_paper_row(line, units) for line in lines),
    )
    note_reading(actor, Subject("register", unit.id), "register_pdf")
    return _file(draw(paper), "application/pdf", period, "pdf")


@needs(Duty.RECEPTION, Duty.OVERVIEW, Duty.RECORDS)
@require_safe
def register_sheet(request: HttpRequest) -> HttpResponse:
    """The same rows as a spreadsheet; identity numbers are text."""
    actor, period = actor_of(request), _demanded(request)
    lines = _lines(actor, period, MOST_IN_SHEET)
    target = BytesIO()
    write_sheet(target, "So theo doi ho so", COLUMNS, _cells(lines))
    note_reading(actor, Subject("register", actor.unit_id or 0), "register_sheet")
    return _file(target.getvalue(), SHEET, period, "xlsx")


def _period(request: HttpRequest) -> PeriodForm:
    """The period asked for, else this month until today."""
    this_month = {"first_on": format_date(today().replace(day=1)), "last_on": format_date(today())}
    return PeriodForm(request.GET if "first_on" in request.GET else this_month)


def _demanded(request: HttpRequest) -> dict[str, date]:
    form = _period(request)
    if not form.is_valid():
        raise Refused(
            code="register.period",
            sentence=_("Kỳ lập sổ không hợp lệ. Hãy chọn lại từ ngày, đến ngày."),
            status=422,
        )
    return dict(form.cleaned_data)


def _lines(actor: Actor, period: dict[str, date], most: int) -> list[RegisterLine]:
    lines = register_lines(actor, period["first_on"], period["last_on"], limit=most)
    if len(lines) > most:
        raise Refused(
            code="register.too_long",
            sentence=_("Kỳ này có hơn %(most)s hồ sơ. Hãy chọn kỳ ngắn hơn rồi lập từng quyển.")
            % {"most": most},
            status=422,
        )
    return lines


def _cells(lines: list[RegisterLine]) -> Iterator[tuple[Any, ...]]:
    units = unit_names({line.responsible_unit_id for line in lines}, today())
    people = cards_of({line.applicant_id for line in lines})
    for number, line in enumerate(lines, start=1):
        person = people.get(line.applicant_id)
        contact = line.contact or {}
        yield (
            number, line.code, line.title, line.subject_name, person.number if person else "",
            contact.get("address", ""), contact.get("phone", ""), units.get(line.responsible_unit_id, ""),
            line.opened_at, line.promised_at, line.due_at, line.returned_at,
            str(ReturnMode(line.return_mode).label), line.returned_to, LIFECYCLE.state_label(line.state), _note(line),
        )  # fmt: skip


def _paper_row(line: RegisterLine, units: dict[int, str]) -> RegisterRow:
    contact = line.contact or {}
    return RegisterRow(
        code=line.code,
        procedure=line.title,
        applicant_name=line.subject_name,
        contact=", ".join(part for part in (contact.get("address"), contact.get("phone")) if part) or None,
        quantity=1,
        responsible_name=units.get(line.responsible_unit_id),
        received_at=line.opened_at,
        promised_at=line.promised_at,
        returned_at=line.returned_at,
        return_method=str(ReturnMode(line.return_mode).label),
        note=", ".join(part for part in (LIFECYCLE.state_label(line.state), _note(line)) if part),
    )


def _note(line: RegisterLine) -> str:
    """What the register's last column says: supplements and extensions, with the date that counts now."""
    parts = []
    if line.supplement_count:
        parts.append(_("bổ sung %(times)s lần") % {"times": line.supplement_count})
    if line.extensions:
        new = f", {format_date(line.due_at)}" if line.due_at else ""
        parts.append(_("gia hạn %(times)s lần") % {"times": line.extensions} + new)
    return "; ".join(parts)


def _file(content: bytes, kind: str, period: dict[str, date], ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    way = "inline" if ending == "pdf" else "attachment"
    name = f"so-theo-doi-{period['first_on']:%y%m%d}-{period['last_on']:%y%m%d}.{ending}"
    response["Content-Disposition"] = f'{way}; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
