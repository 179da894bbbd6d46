"""What the register's pages share: who acts, what may be chosen, and how a form is shown again."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.mandate.competence.queries.lists import papers
from lienthong.people.organisation.queries import posts_of_unit, units_of_province
from lienthong.people.organisation.values import UnitCard

READERS = ("reception", "processing", "dispatch", "approval", "administration", "overview", "city")
LEADERS = ("administration", "dispatch", "approval")
SIGNATORIES = ("administration", "approval")
PLANNERS = ("administration", "city")
Refusals = Sequence[Refusal]


def actor_of(request: HttpRequest) -> Actor:
    """Who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def own_code(request: HttpRequest) -> str:
    """The code of the unit in which the actor acts; "" for the city, which has all of them."""
    code: str = request.acting.unit_code  # type: ignore[attr-defined]
    return "" if actor_of(request).may("city") else code


def posted(request: HttpRequest) -> Any:
    """What was typed; None on a GET."""
    return request.POST if request.method == "POST" else None


def told(
    request: HttpRequest, template: str, context: dict[str, Any], form: Any, refusals: Refusals
) -> HttpResponse:
    """The page of a form: as it was typed, with what is wrong; a refused act may be sent again under a new key."""
    kept = request.POST.get("key", "") if not refusals else ""
    status = 422 if form.is_bound and form.errors else 200
    more = {"form": form, "refusals": refusals, "key_value": kept}
    return render(request, template, {**context, **more}, status=status)


def paper_choices() -> list[tuple[str, str]]:
    """The instruments as a list to choose from. One statement."""
    return [(str(one.id), f"{one.number}: {one.title}"[:140]) for one in papers()]


def unit_choices(on: date) -> list[tuple[str, str]]:
    """The units of the province as a list to choose from. One statement."""
    return [(unit.code, unit.name) for unit in units_of_province(settings.PROVINCE, on)]


def post_choices(unit: UnitCard, on: date, kinds: Sequence[str] | None = None) -> list[tuple[str, str]]:
    """The posts of a unit, each with who holds it. One statement."""
    return [
        (str(post.id), f"{post.title} ({post.person_name or _('trống')})")
        for post in posts_of_unit(unit.id, on, kinds)
    ]


def unit_query(actor: Actor, unit: UnitCard) -> str:
    """What the addresses of a unit's pages end with."""
    return "" if actor.unit_id == unit.id else f"?unit={unit.code}"
