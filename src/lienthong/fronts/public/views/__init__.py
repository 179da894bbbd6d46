"""The open web: what a citizen sees without signing in. No page needs a script."""

from lienthong.fronts.public.views.errors import broken, csrf_failure, forbidden, not_found
from lienthong.fronts.public.views.lookup import lookup, lookup_by_receipt
from lienthong.fronts.public.views.reading import catalogue, home, procedure, unit_page, units, who_page
from lienthong.fronts.public.views.running import choose_language, healthz

__all__ = [
    "broken",
    "catalogue",
    "choose_language",
    "csrf_failure",
    "forbidden",
    "healthz",
    "home",
    "lookup",
    "lookup_by_receipt",
    "not_found",
    "procedure",
    "unit_page",
    "units",
    "who_page",
]
