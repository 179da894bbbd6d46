"""From a form's values to its PDF. User text travels as JSON, never as part of a template's source."""

from __future__ import annotations

import io
import json
import threading
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst

from lienthong.facilities.documents.typesetting import certification, office, values, words
from lienthong.facilities.documents.typesetting.glyphs import drawable
from lienthong.facilities.documents.typesetting.measures import by_name

TEMPLATES = Path(__file__).parent / "templates"
STANDARDS = ["a-2a", "ua-1"]  # PDF/A-2a to keep (contains 2b), PDF/UA-1 for those who listen to the page

_TEMPLATE_OF: dict[type, str] = {
    values.IntakeReceipt: "intake_receipt",
    values.IntakeSlip: "intake_slip",
    values.SupplementRequest: "supplement_request",
    values.Refusal: "refusal",
    values.ApologyLetter: "apology_letter",
    values.HaltNotice: "halt_notice",
    values.ControlSlip: "control_slip",
    values.DossierRegister: "dossier_register",
    values.FeeReceipt: "fee_receipt",
    values.DailyClose: "daily_close",
    values.WeeklyReport: "weekly_report",
    certification.AttestationSheet: "attestation_sheet",
    certification.RegisterClosing: "register_closing",
    office.WorkingRegulation: "working_regulation",
    office.DelegatedActs: "delegated_acts",
}
_COPIED = frozenset({"code", "number", "lookup_url", "digest"})
_warm = threading.local()  # a compiler serves one thread at a time


def render(
    form: values.Form | certification.CertificationForm | office.OfficeForm, *, font_dir: Path
) -> bytes:
    """The form as PDF/A-2a and PDF/UA-1; the same values give the same bytes.

    `font_dir` holds Tinos's four TTF, directly or in folders below it.
    """
    known = _drawable_in_all(font_dir)
    data = _plain(form, known)
    letterhead = form.receipt.letterhead if isinstance(form, values.IntakeSlip) else form.letterhead
    pdf = _compiler(font_dir).compile(
        input=str(TEMPLATES / f"{_TEMPLATE_OF[type(form)]}.typ"),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "measures": _measures()},
        pdf_standards=STANDARDS,
        timestamp=datetime.combine(letterhead.issued_on, time(0), tzinfo=UTC),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("the typesetter returned no PDF")
    return pdf


def _compiler(font_dir: Path) -> Any:
    kept: dict[Path, Any] = _warm.__dict__.setdefault("compilers", {})
    if font_dir not in kept:
        kept[font_dir] = typst.Compiler(root=str(TEMPLATES), font_paths=_fonts(font_dir), sys_inputs={})
    return kept[font_dir]


@lru_cache(maxsize=4)
def _fonts(font_dir: Path) -> Any:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_dir)])


@lru_cache(maxsize=4)
def _drawable_in_all(font_dir: Path) -> frozenset[int]:
    """What regular, italic, bold and bold italic can all draw: a name may stand in any of them."""
    found = sorted(font_dir.rglob("Tinos*.ttf"))
    if not found:
        raise FileNotFoundError(f"no Tinos TTF under {font_dir}")
    return frozenset.intersection(*map(drawable, found))


@lru_cache(maxsize=1)
def _measures() -> str:
    return json.dumps(by_name())


def _plain(value: object, known: frozenset[int]) -> Any:
    """Values as JSON can carry them; an empty text is the same as none."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str):
        return words.breakable(words.clean(value, known)) or None
    if isinstance(value, values.Illustrative):
        return {"demo": words.breakable(words.clean(value.text, known))}
    if isinstance(value, datetime):
        return _moment(words.in_vietnam(value))
    if isinstance(value, date):
        return {"long": words.long_date(value), "short": words.short_date(value)}
    if isinstance(value, tuple):
        return [_plain(item, known) for item in value]
    if is_dataclass(value):
        return _record(value, known)
    raise TypeError(f"a paper cannot carry {type(value).__name__}")


def _moment(moment: datetime) -> dict[str, str]:
    return {
        "long": f"{moment:%H} giờ {moment:%M} phút, {words.long_date(moment)}",
        "short": f"{moment:%H:%M} {words.short_date(moment)}",
        "day": words.short_date(moment),
    }


def _record(value: Any, known: frozenset[int]) -> dict[str, Any]:
    record = {field.name: _plain(getattr(value, field.name), known) for field in fields(value)}
    for name in _COPIED & record.keys():  # people copy these from the page: no invisible break inside
        record[name] = words.clean(getattr(value, name) or "", known) or None
    if isinstance(value, values.DossierPaper) and value.lookup_url:
        record["qr"] = qr_svg(value.lookup_url)
    if isinstance(value, values.FeeReceipt):
        total = sum(item.amount for item in value.items)
        record |= {"total": total, "total_in_words": words.amount_in_words(total)}
    if isinstance(value, values.DailyClose):
        record |= _sums(value, known)
    if isinstance(value, certification.RegisterClosing):
        record |= _month(value)
    return record


def _sums(close: values.DailyClose, known: frozenset[int]) -> dict[str, Any]:
    """Totals of the day, by way of payment; voided receipts count nothing."""
    valid = [line for line in close.lines if line.void_reason is None]
    by_method: dict[values.Words, list[int]] = {}
    for line in valid:
        by_method.setdefault(line.method, []).append(line.amount)
    total = sum(line.amount for line in valid)
    return {
        "total": total,
        "total_in_words": words.amount_in_words(total),
        "voided": len(close.lines) - len(valid),
        "methods": [
            {"name": _plain(name, known), "count": len(amounts), "amount": sum(amounts)}
            for name, amounts in by_method.items()
        ],
    }


def _month(closing: certification.RegisterClosing) -> dict[str, Any]:
    """Totals of a register's month; a voided number counts nothing."""
    used = [line for line in closing.lines if line.void_reason is None]
    total = sum(line.fee or 0 for line in used)
    return {
        "used": len(used),
        "voided": len(closing.lines) - len(used),
        "copies": sum(line.copies or 0 for line in used),
        "total": total,
        "total_in_words": words.amount_in_words(total),
    }


def qr_svg(text: str) -> str:
    """The QR code as SVG, dark modules only, with its quiet zone."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, border=4, scale=4)
    return drawn.getvalue().decode()
