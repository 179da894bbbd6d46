"""The proof as other rooms ask for it: over the register as it is, and as a draft supposes it."""

from typing import Any

from lienthong.core.registry.values import NotFound
from lienthong.mandate.competence.models import Draft, DraftChange
from lienthong.mandate.competence.rules.check import AHEAD_DAYS, prove
from lienthong.mandate.competence.rules.whatif import compare, moved, supposed

__all__ = [
    "AHEAD_DAYS",
    "changes_of",
    "compare",
    "moved",
    "prove",
    "supposed",
]


def changes_of(draft_id: int) -> list[tuple[str, dict[str, Any]]]:
    """What a draft supposes, in the order of entry, without what was withdrawn. Raises NotFound."""
    if not Draft.objects.filter(pk=draft_id).exists():
        raise NotFound
    rows = DraftChange.objects.filter(draft_id=draft_id, withdrawn_at__isnull=True).order_by("id")
    return list(rows.values_list("kind", "data"))
