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
    found = [(entry, url) for entry in nav_for(actor) if (url := _url(entry))]
    # A page inside another is marked at the entry it belongs to: the one with the longest path before it.
    here = max((url for _, url in found if request.path.startswith(url)), key=len, default="")
    items = [
        NavItem(str(entry.label), url, url == here, entry.badge(actor) if entry.badge else None)
        for entry, url in found
    ]
    return {"nav_items": items, "search_url": reverse("desk_search"), "home_url": reverse("desk_start")}


def _url(entry: Entry) -> str:
    """Where an entry leads; "" for one whose page is not built in, which is left out."""
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""
