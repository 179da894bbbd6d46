"""What every view here needs of the request."""

from io import BytesIO

from django.http import HttpRequest, HttpResponse

from lienthong.core.scope.values import Actor
from lienthong.core.shell.values import KeyHint

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def actor_of(request: HttpRequest) -> Actor:
    """Who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def sheet(content: BytesIO, name: str) -> HttpResponse:
    """A spreadsheet to keep."""
    response = HttpResponse(content.getvalue(), content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def keys(*hints: tuple[str, str]) -> list[KeyHint]:
    """The keys of a page."""
    return [KeyHint(*hint) for hint in hints]
