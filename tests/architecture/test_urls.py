"""Every URL is closed unless marked; an unmarked one is a fault even where it is closed."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from lienthong.people.identity.enums import Duty
from tests.architecture.house import none

# Whose views decide for themselves who may see them (people/identity/middleware.py names the same).
SELF_GUARDED = ("allauth.",)
# A view outside the rooms that is open to everybody, and why.
OPEN_VIEWS = {
    "django.views.i18n": "texts for the browser; no data",
    "django.views.static": "files of the look; only while developing",
}


def views(found: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in (found or get_resolver()).url_patterns:
        address = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from views(pattern, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern.callback


def own() -> list[tuple[str, Callable[..., Any]]]:
    return [(address, view) for address, view in views() if view.__module__.startswith("lienthong.")]


def test_every_url_says_to_whom_it_is_open() -> None:
    unclassified = [
        f"{address} ({view.__module__})"
        for address, view in views()
        if not hasattr(view, "open_to")
        and not view.__module__.startswith(SELF_GUARDED)
        and view.__module__ not in OPEN_VIEWS
    ]
    none(unclassified)


def test_a_mark_names_duties_that_exist() -> None:
    strange = [
        f"{address}: {view.open_to}"  # type: ignore[attr-defined]
        for address, view in own()
        if getattr(view, "open_to", None) not in (None, "everybody")
        and not set(view.open_to) <= set(Duty.values)  # type: ignore[attr-defined]
    ]
    none(strange)


def test_every_url_of_ours_has_a_name_of_its_own() -> None:
    names: list[str] = []

    def collect(found: URLResolver) -> None:
        for pattern in found.url_patterns:
            if isinstance(pattern, URLResolver):
                collect(pattern)
            elif pattern.callback.__module__.startswith("lienthong."):
                names.append(pattern.name or f"({pattern.pattern})")

    collect(get_resolver())
    none([name for name in names if name.startswith("(")])
    none(sorted({name for name in names if names.count(name) > 1}))
