"""What every page of the steward needs of the request."""

from io import BytesIO

from django.http import HttpRequest, HttpResponse

from lienthong.core.scope.values import Actor
from lienthong.core.shell.values import KeyHint

DUTIES = ("city", "administration", "approval", "dispatch")
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def actor_of(request: HttpRequest) -> Actor:
    """Who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def number_of(text: str) -> int:
    """A mark of a page as typed in an address; 0 where it is none."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def word_of(request: HttpRequest, name: str) -> str:
    """A word of the address; "" where no row can hold it."""
    word = request.GET.get(name, "")
    return "" if "\0" in word else word[:200]


def sheet(content: BytesIO, name: str) -> HttpResponse:
    """A spreadsheet to keep."""
    response = HttpResponse(content.getvalue(), content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def paper(content: bytes, name: str) -> HttpResponse:
    """A PDF to look at."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def keys(*hints: tuple[str, str]) -> list[KeyHint]:
    """The keys of a page."""
    return [KeyHint(*hint) for hint in hints]
