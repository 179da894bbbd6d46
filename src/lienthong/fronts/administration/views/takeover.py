"""Bringing a unit's open dossiers over from a predecessor system."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.shell.views import refusals_as_page
from lienthong.fronts.administration.forms.settings_files import TakeOverForm
from lienthong.fronts.administration.queries.takeover import FIELDS, example, predecessors_of, report_of
from lienthong.fronts.administration.views.settings_files import Given, SheetJob, sheet_page
from lienthong.lib.table_in import Report, Table
from lienthong.people.identity.middleware import needs
from lienthong.work.dossiers.actions.take_over import check_take_over, take_over_dossiers


@needs("administration")
@refusals_as_page
def take_over(request: HttpRequest, refusals: Sequence[Refusal] = ()) -> HttpResponse:
    """Choose the list, read the report of its rows, then take them over."""
    return sheet_page(request, JOB, refusals)


def _check(actor: Actor, table: Table, given: Given) -> Report:
    rows, bad = predecessors_of(table)
    return report_of(
        check_take_over(actor=actor, rows=rows, source=given["source"]), bad, table, applied=False
    )


def _apply(actor: Actor, key: UUID, table: Table, given: Given) -> Report:
    rows, bad = predecessors_of(table)
    lines = take_over_dossiers(actor=actor, key=key, rows=rows, source=given["source"])
    return report_of(lines, bad, table, applied=True)


JOB = SheetJob(
    name="ho-so-he-thong-cu",
    heading=_("Nhập hồ sơ đang giải quyết từ hệ thống cũ"),
    note=_(
        "Mã hồ sơ, ngày nhận và ngày hẹn trả giữ nguyên. Mỗi dòng hoặc được nhập, hoặc được báo lý do; "
        "dòng đã nhập lần trước không nhập lại. Chỉ nhập hồ sơ chưa trả kết quả."
    ),
    fields=FIELDS,
    check=_check,
    apply=_apply,
    form=TakeOverForm,
    example=example(),
)
