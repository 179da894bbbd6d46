"""Who may see a certification: whoever may see its case. Missing and forbidden look alike."""

from django.db.models import QuerySet

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.access import cases_open_to
from lienthong.work.certification.models import Certification, MonthClosing


def certifications_open_to(actor: Actor) -> "QuerySet[Certification]":
    """The one authorised query of this room."""
    return Certification.objects.filter(case__in=cases_open_to(actor)).select_related("case")


def find_certification(actor: Actor, certification_id: int) -> Certification:
    """The certification with its case. Raises NotFound. One statement."""
    found = certifications_open_to(actor).filter(pk=certification_id).first()
    if found is None:
        raise NotFound
    return found


def lock_certification(actor: Actor, certification_id: int) -> Certification:
    """The certification and its case, locked to the end of the act. Raises NotFound. One statement."""
    rows = certifications_open_to(actor).select_for_update(of=("self", "case"))
    found = rows.filter(pk=certification_id).first()
    if found is None:
        raise NotFound
    return found


def find_closing(actor: Actor, closing_id: int) -> MonthClosing:
    """A closed month of the actor's unit. Raises NotFound. One statement."""
    rows = MonthClosing.objects.filter(pk=closing_id)
    found = (rows if actor.reach == "system" else rows.filter(unit_id=actor.unit_id)).first()
    if found is None:
        raise NotFound
    return found
