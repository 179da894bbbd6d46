"""The cells of the city's table: 1,700 on a page, drawn without a template's turn for each."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lienthong.fronts.cockpit.values import Cell

register = template.Library()


@register.simple_tag
def city_cells(cells: Sequence[Cell]) -> SafeString:
    """{% city_cells line.cells %}: each number with the list behind it."""
    return format_html_join("", '<td class="{}" data-v="{}">{}</td>', map(_parts, cells))


def _parts(cell: Cell) -> tuple[str, str, str]:
    tone = f"num is-{cell.tone}" if cell.tone else "num"
    inside = format_html('<a href="{}">{}</a>', cell.href, cell.text) if cell.href else cell.text
    return tone, f"{cell.value:g}", inside
