"""What every officer's page shows around its content."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from lienthong.core.registry.queries import nav_for
from lienthong.core.registry.values import NavItem as Entry
from lienthong.core.scope.values import ANONYMOUS, Actor
from lienthong.core.shell.values import NavItem


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Template names `nav_items`, `search_url` and `home_url`; nothing for whoever has no acting post."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    if actor.post_id is None:
        return {}
    items = [item for entry in nav_for(actor) if (item := _item(entry, actor, request.path))]
    return {"nav_items": items, "search_url": reverse("desk_search"), "home_url": reverse("desk_home")}


def _item(entry: Entry, actor: Actor, path: str) -> NavItem | None:
    """An entry whose page is not built in is left out."""
    try:
        url = reverse(entry.url_name)
    except NoReverseMatch:
        return None
    count = entry.badge(actor) if entry.badge else None
    return NavItem(str(entry.label), url, path == url, count)
