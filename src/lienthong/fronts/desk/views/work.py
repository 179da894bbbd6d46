"""My work: what is due, what waits, what is new; lists as links."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lienthong.core.scope.values import Actor
from lienthong.core.shell.values import KeyHint
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.queries import keyset_mark, offers_to, opinions_owed, tab_counts, worklist
from lienthong.facilities.casework.values import Filter
from lienthong.fronts.desk.queries.work import lines_of
from lienthong.fronts.desk.values import Tab
from lienthong.people.identity.middleware import needs
from lienthong.work.dossiers.enums import DossierState
from lienthong.work.dossiers.queries import to_return

PAGE = 30


@dataclass(frozen=True, slots=True)
class Saved:
    """Bộ lọc đã lưu: its label, what it asks, to whom it is shown, what an empty one says."""

    label: Any
    wanted: dict[str, Any]
    duties: tuple[str, ...] = ()
    empty: Any = ""


UNIT = ("dispatch", "overview", "reception", "approval")
# Whoever has one of these finds something on the desk; the city's view alone gives no case to hold.
AT_A_DESK = ("reception", "processing", "dispatch", "approval", "records", "fees", "administration")
LISTS = {
    "mine": Saved(_("Tôi đang giữ"), {}, empty=_("Việc bạn đang giữ sẽ hiện ở đây, gần hạn nhất ở trên.")),
    "overdue": Saved(
        _("Quá hạn"), {"due": "overdue"}, empty=_("Việc quá hạn mà bạn đang giữ, trễ nhất ở trên.")
    ),
    "today": Saved(_("Hôm nay"), {"due": "today"}, empty=_("Việc đến hạn trong hôm nay sẽ hiện ở đây.")),
    "soon": Saved(_("Sắp đến hạn"), {"due": "soon"}, empty=_("Việc đến hạn trong hai ngày làm việc tới.")),
    "waiting": Saved(
        _("Chờ người khác"),
        {"waiting": True},
        empty=_("Việc chờ người nộp bổ sung, hoặc chờ ý kiến phối hợp."),
    ),
    "fresh": Saved(_("Mới giao"), {"fresh": True}, empty=_("Việc được giao trong 24 giờ qua.")),
    "online": Saved(
        _("Mới nộp trực tuyến"),
        {"whose": "unit", "state": DossierState.SUBMITTED.value},
        ("reception",),
        _("Hồ sơ nộp trực tuyến chờ tiếp nhận sẽ hiện ở đây, gần hạn nhất ở trên."),
    ),
    "unit": Saved(_("Cả đơn vị"), {"whose": "unit"}, UNIT, _("Mọi việc đơn vị đang giải quyết.")),
    "unit_overdue": Saved(
        _("Đơn vị: quá hạn"), {"whose": "unit", "due": "overdue"}, UNIT, _("Việc quá hạn của cả đơn vị.")
    ),
}
OTHERS = {
    "to_return": (_("Chờ trả kết quả"), ("reception",)),
    "offers": (_("Đề nghị chuyển đến"), ("dispatch", "approval")),
    "opinions": (_("Ý kiến phải trả lời"), ()),
}


@needs()
@require_safe
@never_cache
def desk_start(request: HttpRequest) -> HttpResponse:
    """Where an officer comes to after signing in: the city's page for whoever has that view alone, else the desk."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return redirect("cockpit" if actor.may("city") and not any(map(actor.may, AT_A_DESK)) else "desk_home")


@needs()
@require_safe
@never_cache
def desk_home(request: HttpRequest) -> HttpResponse:
    """The officer's first page: the lists as links, and the rows of one of them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    name = request.GET.get("list") or _first(actor)
    tabs = _tabs(actor, name)
    if name in OTHERS and any(tab.name == name for tab in tabs):
        return _other(request, actor, name, tabs)
    return _list(request, actor, name if name in LISTS else "mine", tabs)


def list_keys(*, selects: bool = False) -> list[KeyHint]:
    """The keys of a list, for the strip at the bottom."""
    keys = [KeyHint("j k", gettext("Dòng")), KeyHint("Enter", gettext("Mở"))]
    more = [KeyHint("x", gettext("Chọn")), KeyHint("g", gettext("Giao việc"))]
    return [*keys, *more] if selects else keys


def _list(request: HttpRequest, actor: Actor, name: str, tabs: list[Tab]) -> HttpResponse:
    at, after = now(), request.GET.get("after", "")
    saved = LISTS[name]
    field = request.GET.get("field", "")
    wanted = Filter(**saved.wanted, field=field, after=after, limit=PAGE)
    rows = worklist(actor, wanted, at)
    shown = rows[:PAGE]
    selects = actor.may("dispatch") and bool(shown)
    context = {
        "tabs": tabs,
        "now": at,
        "lines": lines_of(shown, at),
        "after": keyset_mark(shown[-1]) if len(rows) > PAGE else "",
        "first": not after,
        "saved": saved,
        "own": saved.wanted.get("whose") != "unit",
        "bulk_url": reverse("bulk_assign") if selects else "",
        "offer_url": reverse("bulk_offer"),
        "field": field,
        "key_hints": list_keys(selects=selects),
    }
    return render(request, "desk/home.html", context)


def _other(request: HttpRequest, actor: Actor, name: str, tabs: list[Tab]) -> HttpResponse:
    at = now()
    context: dict[str, Any] = {"tabs": tabs, "now": at, "key_hints": list_keys(), "list": name}
    if name == "to_return":
        last = request.GET.get("after", "")
        found = to_return(actor, int(last) if last.isdecimal() else 0, PAGE)
        context |= {"results": found[:PAGE], "after": str(found[PAGE - 1].pk) if len(found) > PAGE else ""}
    elif name == "offers":
        context["offers"] = offers_to(actor)[:PAGE]
    else:
        context["opinions"] = opinions_owed(actor)[:PAGE]
    return render(request, "desk/others.html", context | {"first": "after" not in request.GET})


def _tabs(actor: Actor, current: str) -> list[Tab]:
    counts = tab_counts(actor, now(), {"online": DossierState.SUBMITTED.value})
    lists = [
        Tab(name, str(saved.label), _here(name), current == name, counts[name])
        for name, saved in LISTS.items()
        if _may(actor, saved.duties)
    ]
    others = [
        Tab(name, str(label), _here(name), current == name)
        for name, (label, duties) in OTHERS.items()
        if _may(actor, duties)
    ]
    return [*lists, *others]


def _first(actor: Actor) -> str:
    """The list one opens at: whoever only stands at the counter holds no case, but gives results out."""
    return "to_return" if actor.may("reception") and not actor.may("processing") else "mine"


def _may(actor: Actor, duties: tuple[str, ...]) -> bool:
    return not duties or any(map(actor.may, duties))


def _here(name: str) -> str:
    return f"{reverse('desk_home')}?{urlencode({'list': name})}"
