"""Who may see a dossier: whoever may see its case (facilities/casework/access.py). Missing and forbidden look alike."""

from django.db.models import QuerySet

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.access import cases_open_to
from lienthong.work.dossiers.models import Dossier


def dossiers_open_to(actor: Actor) -> "QuerySet[Dossier]":
    """The one authorised query of this room."""
    return Dossier.objects.filter(case__in=cases_open_to(actor)).select_related("case")


def find_dossier(actor: Actor, dossier_id: int) -> Dossier:
    """The dossier with its case. Raises NotFound. One statement."""
    found = dossiers_open_to(actor).filter(pk=dossier_id).first()
    if found is None:
        raise NotFound
    return found


def lock_dossier(actor: Actor, dossier_id: int) -> Dossier:
    """The dossier and its case, locked to the end of the act. Raises NotFound. One statement."""
    found = dossiers_open_to(actor).select_for_update(of=("self", "case")).filter(pk=dossier_id).first()
    if found is None:
        raise NotFound
    return found
