"""Filters and tags of every page (a template builtin: no `load` needed)."""

import uuid
from datetime import date, datetime
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from lienthong.core.shell import rules
from lienthong.core.shell.values import Act, Due

register = template.Library()


@register.filter
def vn_date(value: date | datetime | None) -> str:
    return rules.vn_date(value)


@register.filter
def vn_time(value: datetime | None) -> str:
    return rules.vn_time(value)


@register.filter
def vn_datetime(value: datetime | None) -> str:
    return rules.vn_datetime(value)


@register.filter
def vn_number(value: float | str | None) -> str:
    return rules.vn_number(value)


@register.filter
def code_groups(value: str | None) -> SafeString:
    """The code in groups the eye can hold; copying it gives the code without gaps."""
    if not value:
        return SafeString("")
    parts = format_html_join("", "<span>{}</span>", ((part,) for part in rules.code_groups(str(value))))
    kind = "code" if "-" in str(value) else "code code--number"
    return format_html('<span class="{}">{}</span>', kind, parts)


@register.filter
def hindered(acts: list[Act]) -> list[Act]:
    """The acts that are not possible now; each carries its reason."""
    return [act for act in acts if not act.enabled]


@register.inclusion_tag("shell/parts/due.html")
def due(
    due_at: datetime | None,
    remaining_minutes: int | None = None,
    now: datetime | None = None,
    closed_at: datetime | None = None,
    **more: Any,
) -> dict[str, Due]:
    """{% due case.due_at case.remaining_minutes now closed_at=case.closed_at paused=case.paused %}"""
    words = rules.due_words(
        due_at=due_at,
        now=now or timezone.now(),
        remaining_minutes=remaining_minutes,
        closed_at=closed_at,
        **more,
    )
    return {"due": words}


@register.simple_tag
def command_key(value: str = "") -> SafeString:
    """The hidden idempotency key of a POST form; pass the posted value to keep it on a bound form."""
    return format_html('<input type="hidden" name="key" value="{}">', value or uuid.uuid4())


@register.simple_tag(takes_context=True)
def url_with(context: Context, **changes: Any) -> str:
    """The present address with some query values changed (None removes one), back at the first page."""
    request = context.get("request")
    values = request.GET.copy() if request is not None else {}
    values.pop("after", None)
    for name, value in changes.items():
        values.pop(name, None)
        if value not in (None, ""):
            values[name] = str(value)
    query = urlencode(values, doseq=True)
    return f"?{query}" if query else "?"
