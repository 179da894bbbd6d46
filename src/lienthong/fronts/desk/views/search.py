"""Search: by POST, because what is typed is personal data and an address stays in logs and histories."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.fronts.desk.forms import SearchForm
from lienthong.fronts.desk.queries.work import is_exact, lines_of, search_cases
from lienthong.fronts.desk.views.work import list_keys
from lienthong.people.identity.middleware import needs


@needs()
@never_cache
def desk_search(request: HttpRequest) -> HttpResponse:
    """The form, and what was found; a whole code, or a receipt's QR, opens its page at once."""
    form = SearchForm(request.POST or None)
    context = {"form": form, "key_hints": list_keys()}
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/search.html", context, status=422 if form.errors else 200)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    text = form.cleaned_data["q"].strip()
    rows = search_cases(actor, text)
    at = now()
    lines = lines_of(rows, at)
    if len(lines) == 1 and is_exact(text, lines[0].row):
        return redirect(lines[0].page, lines[0].row.id)
    return render(request, "desk/search.html", context | {"lines": lines, "now": at, "searched": text})
