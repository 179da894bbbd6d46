"""The matrix of task fields and units: a picture, its table, its spreadsheet."""

from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lienthong.core.workdays.queries import today
from lienthong.lib.spreadsheet import Column, ColumnKind, write_sheet
from lienthong.people.identity.middleware import needs
from lienthong.work.stewardship.enums import Kind
from lienthong.work.stewardship.queries import listing
from lienthong.work.stewardship.rules.picture import CELL, HEAD, ORDER, drawn, encoded
from lienthong.work.stewardship.values import Matrix, Rank
from lienthong.work.stewardship.views.frame import DUTIES, actor_of, keys, sheet, word_of


@needs(*DUTIES)
@require_safe
@never_cache
def finding_matrix(request: HttpRequest) -> HttpResponse:
    """Where the register has a gap, an overlap, a broken delegation or a lapse ahead."""
    found = _asked(request)
    drawing = drawn(found)
    context = {
        "matrix": found,
        "drawing": drawing,
        "rows": list(zip(found.fields, drawing.rows, strict=True)),
        "head": HEAD,
        "cell": CELL,
        "kinds": [(kind.value, kind.label) for kind in ORDER],
        "kind": word_of(request, "kind"),
        "told": _told(found),
        "lines": _lines(found),
        "run": listing.last_run(),
        "key_hints": keys(("← ↑ → ↓", _("Ô")), ("Enter", _("Mở")), ("e", _("Tải XLSX"))),
    }
    return render(request, "stewardship/matrix.html", context)


@needs(*DUTIES)
@require_safe
def finding_matrix_sheet(request: HttpRequest) -> HttpResponse:
    """The whole matrix as a spreadsheet: a word in each cell."""
    found = _asked(request)
    columns = [Column(_("Lĩnh vực")), Column(_("Nhiệm vụ"), ColumnKind.INTEGER), Column(_("Mọi đơn vị"))]
    columns += [Column(name) for _id, _code, name in found.units]
    rows = [
        (
            field,
            tasks,
            _word(found.general.get(field)),
            *(_word(found.cells.get((field, unit_id))) for unit_id, _code, _name in found.units),
        )
        for field, tasks in found.fields
    ]
    target = BytesIO()
    write_sheet(target, _("Ma trận thẩm quyền"), columns, rows)
    return sheet(target, f"ma-tran-tham-quyen-{today().isoformat()}")


def _asked(request: HttpRequest) -> Matrix:
    kind = word_of(request, "kind")
    actor = actor_of(request)
    return listing.matrix(actor, listing.units_seen(actor, today()), kind if kind in Kind.values else "")


def _word(rank: Rank | None) -> str:
    return f"{Kind(rank.kind).label} ({rank.count})" if rank and rank.kind else ""


def _told(found: Matrix) -> dict[str, Any]:
    """What the page's script says of a cell."""
    return {
        "cells": encoded(found),
        "units": [[code, name] for _id, code, name in found.units],
        "fields": [name for name, _tasks in found.fields],
        "words": {letter: str(kind.label) for letter, kind in zip("gobml", ORDER, strict=True)},
        "list": reverse("finding_list"),
        "nothing": _("không có phát hiện"),
        "cell": CELL,
    }


def _lines(found: Matrix) -> list[tuple[str, int, int, list[int]]]:
    """Per field: its tasks, the units without any finding, and how many units have which kind worst."""
    lines = []
    for field, tasks in found.fields:
        kinds = [
            found.cells[field, unit_id].kind
            for unit_id, _c, _n in found.units
            if (field, unit_id) in found.cells
        ]
        if kinds or field in found.general:
            lines.append(
                (field, tasks, len(found.units) - len(kinds), [kinds.count(kind.value) for kind in ORDER])
            )
    return lines
