"""The signing queue: what this person may sign from this post now; one key signs one, or all that are ticked."""

from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.shell.values import KeyHint
from lienthong.core.workdays.queries import now
from lienthong.mandate.competence.enums import Capacity
from lienthong.people.identity.middleware import needs
from lienthong.work.certification import actions
from lienthong.work.certification.queries.desk import signing_queue
from lienthong.work.certification.views.acting import actor_of, number_of
from lienthong.work.certification.views.words import due_of


@needs()
@never_cache
def signing(request: HttpRequest) -> HttpResponse:
    """The queue; POST signs what is ticked, each as an act of its own, and says of each one that was refused why."""
    actor = actor_of(request)
    if request.method == "POST":
        return _signed(request, actor)
    at = now()
    found = signing_queue(actor, at)
    for row, _right in found:
        note_reading(actor, Subject("certification", row.pk), "signing")
    context = {
        "rows": [
            (row, list(row.items.all()), due_of(row.case, at), Capacity(right.capacity).label)
            for row, right in found
        ],
        "key": uuid4(),
        "key_hints": [
            KeyHint("j k", _("Dòng")),
            KeyHint("x", _("Chọn")),
            KeyHint("d", _("Ký các việc đã chọn")),
            KeyHint("Enter", _("Mở")),
        ],
    }
    return render(request, "certification/signing.html", context)


def _signed(request: HttpRequest, actor: Actor) -> HttpResponse:
    key, count = _key(request.POST.get("key", "")), 0
    asked = [number_of(text) for text in request.POST.getlist("case")]
    chosen = [one for one in asked if one is not None]
    for certification_id in chosen:
        count += _sign_one(request, actor, key, certification_id)
    if count:
        messages.success(request, _("Đã ký chứng thực %(count)d việc.") % {"count": count})
    elif not chosen:
        messages.warning(request, _("Chưa chọn việc nào. Chọn bằng phím x rồi ký."))
    return redirect(reverse("signing"))


def _sign_one(request: HttpRequest, actor: Actor, key: UUID, certification_id: int) -> bool:
    """One of many: what stops one does not stop the others."""
    try:
        actions.sign_certification(
            actor=actor, key=uuid5(key, str(certification_id)), certification_id=certification_id
        )
    except Refused as refused:
        messages.warning(request, refused.refusal.sentence)
        return False
    return True


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
