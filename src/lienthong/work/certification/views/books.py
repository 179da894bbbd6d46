"""The books: every number of a month in order, one number by itself, and closing a month."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.core.instruments.enums import Confidence
from lienthong.core.registry.values import NotFound
from lienthong.core.shell.values import KeyHint
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import today
from lienthong.people.identity.middleware import needs
from lienthong.work.certification import actions
from lienthong.work.certification.enums import Book, Retained
from lienthong.work.certification.forms.acts import BookForm, CloseMonthForm
from lienthong.work.certification.queries import bans, month_book, open_month_before, retention_rules
from lienthong.work.certification.queries.desk import entry_of_number
from lienthong.work.certification.rules import why_not_close, why_not_keep_books
from lienthong.work.certification.views.acting import Refusals, actor_of

MONTHS = range(1, 13)


@needs()
@require_safe
def certification_books(request: HttpRequest) -> HttpResponse:
    """A month of a book; with a number, the case that bears it."""
    actor = actor_of(request)
    form = BookForm(request.GET) if request.GET else BookForm(_present())
    if not form.is_valid():
        return render(request, "certification/books.html", {"form": form}, status=422)
    given = form.cleaned_data
    book, year, month = given["book"], given["year"], given["month"]
    sheet = month_book(actor, book, year, month)
    found = entry_of_number(actor, book, year, given["number"]) if given["number"] else None
    context = {
        "form": form,
        "sheet": sheet,
        "title": Book(book).label,
        "asked": given["number"],
        "found": found,
        "months": [(one, f"?{_query(book, year, one)}", one == month) for one in MONTHS],
        "may_close": _stop(actor, book, year, month) is None,
        "query": _query(book, year, month),
        "key_hints": [KeyHint("j k", _("Dòng")), KeyHint("Enter", _("Mở"))],
    }
    return render(request, "certification/books.html", context)


@needs()
@refusals_as_page
def close_book_month(request: HttpRequest, refusals: Refusals = ()) -> HttpResponse:
    """GET shows what will be closed; POST closes it for good, and the paper is there to print."""
    actor = actor_of(request)
    asked = BookForm(request.GET)
    if not asked.is_valid():
        raise NotFound
    book, year, month = (asked.cleaned_data[name] for name in ("book", "year", "month"))
    form = CloseMonthForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not refusals and form.is_valid():
        done = actions.close_month(
            actor=actor, key=form.cleaned_data["key"], book=book, year=year, month=month
        )
        told = {"book": book, "month": f"{month:02d}", "year": year, "count": done.count}
        messages.success(request, _("Đã khóa %(book)s tháng %(month)s/%(year)d: %(count)d số.") % told)
        return redirect(f"{reverse('certification_books')}?{_query(book, year, month)}")
    return _close_page(request, form, (book, year, month), refusals)


def _close_page(
    request: HttpRequest, form: CloseMonthForm, asked: tuple[str, int, int], refusals: Refusals
) -> HttpResponse:
    actor, (book, year, month) = actor_of(request), asked
    context = {
        "form": form,
        "sheet": month_book(actor, book, year, month),
        "title": Book(book).label,
        "stopped": None if refusals else _stop(actor, book, year, month),
        "refusals": refusals,
        "key": form.carried(),
        "query": _query(book, year, month),
    }
    status = 422 if form.is_bound and form.errors else 409 if context["stopped"] else 200
    return render(request, "certification/close_month.html", context, status=status)


@needs()
@require_safe
def refused_originals(request: HttpRequest) -> HttpResponse:
    """Originals that may not be copied, and how long papers are kept, each with its source and how sure it is."""
    listed = [(ban, Confidence(ban.confidence).label) for ban in bans(today()).values()]
    kept = [(Retained(one.subject).label, one, Confidence(one.confidence).label) for one in retention_rules()]
    context = {"bans": listed, "kept": kept, "may_correct": actor_of(request).may("city")}
    return render(request, "certification/originals.html", context)


def _present() -> dict[str, Any]:
    day = today()
    return {"book": Book.COPIES.value, "year": day.year, "month": day.month}


def _query(book: str, year: int, month: int) -> str:
    return urlencode([("book", book), ("year", str(year)), ("month", str(month))])


def _stop(actor: Any, book: str, year: int, month: int) -> Any:
    sheet = month_book(actor, book, year, month)
    closed = sheet.closed_at is not None
    earlier = None if closed else open_month_before(actor.unit_id, book, year, month)
    day: date = today()
    return why_not_keep_books(actor) or why_not_close(
        year=year, month=month, today=day, is_closed=closed, earlier=earlier
    )
