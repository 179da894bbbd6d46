"""The page of a dossier: what it is, who holds it, until when, what next; then the acts, the date, the story."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.queries import full_timeline
from lienthong.core.journal.values import Line, Subject
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.core.shell.rules import vn_datetime
from lienthong.core.shell.values import KeyHint, TimelineEntry
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.enums import ConsultationState, HandOverState
from lienthong.facilities.casework.queries import course_of, day_stretches, why_not_arbitrate_now
from lienthong.facilities.casework.values import Course
from lienthong.facilities.documents.enums import FormKind, OrderState
from lienthong.facilities.documents.queries import attachments_of, forms_of_case, orders_of
from lienthong.facilities.fees.access import find_standing
from lienthong.facilities.fees.values import Standing
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import holders_of, unit_names
from lienthong.people.organisation.values import Holder
from lienthong.people.parties.access import cards_of
from lienthong.people.parties.enums import ContactChannel
from lienthong.work.dossiers.actions.papers import limit_words
from lienthong.work.dossiers.enums import Channel, DossierState, ReturnMode
from lienthong.work.dossiers.models import Dossier
from lienthong.work.dossiers.queries import history_of
from lienthong.work.dossiers.rules import CORRECTABLE, LIFECYCLE
from lienthong.work.dossiers.values import History
from lienthong.work.dossiers.views.acting import actor_of, found, named
from lienthong.work.dossiers.views.acts import acts_for, elsewhere, primary_of
from lienthong.work.dossiers.views.words import ENTRY_TONES, NEXT, TONES, details, due_of, story_days

VIA = {
    "substitute": gettext_lazy("người thay"),
    "department_head": gettext_lazy("trả lời thay vị trí đang trống"),
    "chair": gettext_lazy("trả lời thay vị trí đang trống"),
}


# For the city: what was written of a dossier in free words is closed to it, like the journal's particulars.
NO_HISTORY = History((), (), (), (), ())


@dataclass(frozen=True, slots=True)
class Read:
    """What was read for the page; names of posts and units are resolved once for all of it."""

    told: list[tuple[Line, Any]]
    course: Course
    history: History
    people: dict[int, Holder]
    units: dict[int, str]

    def who(self, post_id: int | None) -> str:
        """Who answers for a post, by name."""
        holder = self.people.get(post_id or 0)
        return holder.name if holder else _("hệ thống")

    def unit(self, unit_id: int | None) -> str:
        """A unit's name."""
        return self.units.get(unit_id or 0, "")


@needs()
def dossier_page(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """The page; the reading of personal data is written down once."""
    actor, dossier = actor_of(request), found(request, dossier_id)
    at = now()
    note_reading(actor, Subject("dossier", dossier_id), "dossier_page")
    read = read_all(actor, dossier, at)
    asked = {"done": request.GET.get("done", ""), "print_form": _number(request.GET.get("print", ""))}
    return render(
        request,
        "dossiers/page.html",
        {
            **asked,
            **head(dossier, read, at),
            **offered(actor, dossier, read, at),
            **story(dossier, read, at),
            **beside(actor, dossier, at),
        },
    )


def read_all(actor: Actor, dossier: Dossier, at: datetime) -> Read:
    """Journal, course, history, and the names of everybody in them. Five statements."""
    told, course = full_timeline(dossier.pk), course_of(dossier.pk)
    history = history_of(dossier.pk) if named(actor, dossier) else NO_HISTORY
    case = dossier.case
    posts = {case.holder_id, *(line.post_id for line, personal in told), *_posts(course, history)}
    units = {case.responsible_unit_id, case.receiving_unit_id, dossier.returning_unit_id}
    for offer in course.offers:
        units |= {offer.from_unit_id, offer.to_unit_id, offer.proposed_unit_id or 0}
    units |= {opinion.unit_id for opinion in course.opinions}
    people = holders_of(sorted(post for post in posts if post), at)
    return Read(told, course, history, people, unit_names(sorted(units - {0}), at.date()))


def head(dossier: Dossier, read: Read, at: datetime) -> dict[str, Any]:
    """What it is, and the answer line: who holds it, until when, what next."""
    case = dossier.case
    step, by = NEXT.get(case.state, ("", ""))
    ended = case.state not in NEXT
    return {
        "dossier": dossier,
        "case": case,
        "now": at,
        "state_word": LIFECYCLE.state_label(case.state),
        "tone": TONES[DossierState(case.state)],
        "receiving_unit": read.unit(case.receiving_unit_id),
        "holder": _("Đã kết thúc") if ended else read.who(case.holder_id),
        "holder_note": _since(dossier) if ended else _held(dossier, read),
        "due": due_of(case, at),
        "due_note": _promised(dossier),
        "next": step or _("Không còn việc gì"),
        "next_note": by,
    }


def offered(actor: Actor, dossier: Dossier, read: Read, at: datetime) -> dict[str, Any]:
    """The acts: the one that is next, the others, and the offers and questions that wait for this unit."""
    offer = next((o for o in read.course.offers if o.state == HandOverState.OFFERED), None)
    acts = acts_for(actor, dossier, open_offer=offer is not None)
    primary, other = primary_of(acts), elsewhere(actor, dossier)
    keys = [KeyHint(act.key, act.label) for act in acts if act.key]
    return {
        "acts": [act for act in acts if act is not primary and (act.enabled or not other)],
        "primary": primary,
        "key_hints": keys[:4],
        "elsewhere": other,
        "arbitrates": why_not_arbitrate_now(actor, dossier.case, read.course, at) is None,
        "named": named(actor, dossier),
        "offer": offer,
        "own_unit": actor.unit_id,
        "opinions_asked": [o for o in read.course.opinions if o.state == ConsultationState.ASKED],
    }


def story(dossier: Dossier, read: Read, at: datetime) -> dict[str, Any]:
    """How the date came about, and what was done."""
    case, course, history = dossier.case, read.course, read.history
    return {
        "days": story_days(day_stretches(case, course.clock), course.clock, case, at),
        "limit_words": limit_words(dossier),
        "pauses": [row for row in course.clock if row.kind == "pause"],
        "entries": [_entry(line, personal, read) for line, personal in reversed(read.told)],
        "supplements": history.supplements,
        "extensions": history.extensions,
        "corrections": [
            (CORRECTABLE.get(row.name, row.name), row, read.who(row.post_id)) for row in history.corrections
        ],
        "proposals": [(row, read.who(row.post_id)) for row in reversed(history.proposals)],
        **_with_others(course, read),
    }


def _with_others(course: Course, read: Read) -> dict[str, Any]:
    """Hand-overs and opinions, with the names of units and people."""
    return {
        "offers": [
            (
                row,
                read.unit(row.from_unit_id),
                read.unit(row.to_unit_id),
                read.unit(row.proposed_unit_id),
                HandOverState(row.state).label,
            )
            for row in course.offers
        ],
        "opinions": [
            (row, read.unit(row.unit_id), read.who(row.holder_id), ConsultationState(row.state).label)
            for row in course.opinions
        ],
    }


def beside(actor: Actor, dossier: Dossier, at: datetime) -> dict[str, Any]:
    """The applicant, papers, fees and forms. Six statements."""
    party = cards_of([dossier.applicant_id]).get(dossier.applicant_id)
    forms = forms_of_case(dossier.pk)
    return {
        "party": party,
        "party_channel": ContactChannel(party.channel).label if party else "",
        "contact": dossier.particulars.get("contact", {}),
        "papers": dossier.papers,
        "attachments": attachments_of(dossier.pk),
        "forms": [(row, FormKind(row.form).label) for row in forms],
        "standing": _standing(actor, dossier, at),
        **_online(dossier),
        "return_mode": ReturnMode(dossier.return_mode).label,
    }


def _online(dossier: Dossier) -> dict[str, Any]:
    """What came with an online dossier: its electronic form, and files still to be fetched. One statement."""
    if dossier.channel != Channel.ONLINE:
        return {}
    orders = [(row, OrderState(row.state).label) for row in orders_of(dossier.pk)]
    return {"online_form": dossier.particulars.get("form", {}), "file_orders": orders}


def _standing(actor: Actor, dossier: Dossier, at: datetime) -> Standing | None:
    """None for the city, which sees the matter but not its money."""
    try:
        return find_standing(actor, dossier.pk, at.date())
    except NotFound:
        return None


def _posts(course: Course, history: History) -> Iterable[int]:
    yield from (row.offered_by_post_id for row in course.offers)
    yield from (row.holder_id for row in course.opinions)
    for rows in (history.supplements, history.proposals, history.decisions, history.corrections):
        yield from (row.post_id for row in rows)


def _entry(line: Line, personal: Any, read: Read) -> TimelineEntry:
    is_client = line.account_id is not None and line.account_id < 0
    who = _("Cổng trực tuyến") if is_client else read.who(line.post_id)
    return TimelineEntry(
        line.at, f"{who}: {line.sentence}", detail=details(personal), tone=ENTRY_TONES.get(line.verb, "")
    )


def _held(dossier: Dossier, read: Read) -> str:
    """Post, in whose place, since when; the unit where it is another than the one that received."""
    case = dossier.case
    holder = read.people.get(case.holder_id or 0)
    since = _("từ %(moment)s") % {"moment": vn_datetime(case.held_since)}
    parts = [holder.post_title if holder else "", str(VIA.get(holder.via, "")) if holder else ""]
    return ", ".join(part for part in (*parts, read.unit(case.responsible_unit_id), since) if part)


def _since(dossier: Dossier) -> str:
    case = dossier.case
    moment = dossier.returned_at or case.closed_at
    return f"{LIFECYCLE.state_label(case.state)}, {vn_datetime(moment)}" if moment else ""


def _promised(dossier: Dossier) -> str:
    """The first promise, where it is no longer the date."""
    case = dossier.case
    if case.due_at == case.promised_at:
        return ""
    return _("hẹn lần đầu %(moment)s") % {"moment": vn_datetime(case.promised_at)}


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None
