"""Writing the lifecycles of all rooms as rows, for the database's own guard of states."""

from django.db import transaction

from lienthong.core.lifecycle import models
from lienthong.core.lifecycle.values import Lifecycle
from lienthong.core.registry.queries import kinds


def sync_transitions() -> dict[str, int]:
    """Make the rows equal to the registered lifecycles; returns the number of rows of each kind.

    A kind's rows are replaced as a whole in one transaction; a kind that no room registers keeps its rows,
    because its cases may still be there. Harmless when repeated.
    """
    with transaction.atomic():
        return {kind.name: _replace(kind.lifecycle) for kind in kinds()}


def _replace(lifecycle: Lifecycle) -> int:
    present = models.Transition.objects.filter(kind=lifecycle.kind)
    wanted = _rows(lifecycle)
    if {_mark(row) for row in present} != {_mark(row) for row in wanted}:
        present.delete()
        models.Transition.objects.bulk_create(wanted)
    return len(wanted)


def _rows(lifecycle: Lifecycle) -> list[models.Transition]:
    return [
        models.Transition(
            kind=lifecycle.kind,
            verb=step.verb,
            from_state=state,
            to_state=step.to_state,
            duty=step.duty,
            basis=step.basis,
        )
        for step in lifecycle.transitions
        for state in step.from_states
    ]


def _mark(row: models.Transition) -> tuple[str, ...]:
    return (row.verb, row.from_state, row.to_state, row.duty, row.basis)
