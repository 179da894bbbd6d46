"""Lodging: one dossier, or up to a hundred with an outcome for each."""

from contextlib import nullcontext
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from pydantic import TypeAdapter, ValidationError

from lienthong.core.registry.values import Refusal, Refused
from lienthong.core.scope.actions import entered
from lienthong.facilities.exchange.values import ClientPass
from lienthong.fronts.api.access import client_actor
from lienthong.fronts.api.forms.answers import BatchOutcomes, Lodged
from lienthong.fronts.api.forms.dossiers import Batch, BatchItem, Dossier
from lienthong.fronts.api.forms.mapping import intake_of, links_of, lodging_of
from lienthong.fronts.api.queries import lodged_of
from lienthong.fronts.api.rules import faults_of
from lienthong.fronts.api.views.files import order_links
from lienthong.fronts.api.views.interface import KEY, answer, client_of, operation
from lienthong.fronts.api.views.problems import problem_of
from lienthong.people.identity.enums import Duty
from lienthong.work.dossiers.actions.lodge import lodge_dossier, lodge_dossiers
from lienthong.work.dossiers.values import Lodged as LodgedDossier

ITEM = TypeAdapter(BatchItem)


@operation(
    "POST",
    "/dossiers",
    scope="dossiers:lodge",
    answer=Lodged,
    status=201,
    summary="Nộp một hồ sơ",
    about="Hồ sơ có mã, đơn vị chịu trách nhiệm và ngày hẹn ngay khi nộp, rồi chờ bộ phận một cửa tiếp nhận.",
    tag="Nộp hồ sơ",
)
def lodge(request: HttpRequest, payload: Dossier, idempotency_key: UUID = KEY) -> HttpResponse:
    """Take a dossier in. It has its number, unit, holder and due date at once; the counter then accepts it."""
    actor = client_actor(client_of(request), payload.unit_code, Duty.RECEPTION)
    # The act is one statement, and one transaction, by itself; files to be fetched join it in a wider one.
    with entered(actor) if payload.links else nullcontext():
        lodged = lodge_dossier(
            actor=actor,
            key=idempotency_key,
            intake=intake_of(payload),
            external_code=payload.external_code,
            links=links_of(payload),
        )
        if payload.links and not lodged.repeated:
            order_links(actor, lodged.dossier_id, payload.links)
    body = lodged_of(lodged, payload.external_code)
    return answer(body, 201, location=f"/api/v1/dossiers/{lodged.code}", repeated=lodged.repeated)


@operation(
    "POST",
    "/dossiers/batch",
    scope="dossiers:lodge",
    answer=BatchOutcomes,
    summary="Nộp một lô, tối đa 100 hồ sơ",
    about="Mỗi hồ sơ có khóa và kết quả riêng; hồ sơ sai chỉ bị từ chối một mình. Chỉ khóa (key) của từng hồ sơ có"
    " tác dụng; lô không cần Idempotency-Key.",
    tag="Nộp hồ sơ",
)
def lodge_batch(request: HttpRequest, payload: Batch) -> HttpResponse:
    """Take up to a hundred dossiers in, each with its own key and outcome; a wrong one refuses only itself."""
    client = client_of(request)
    read = [_item(number, raw) for number, raw in enumerate(payload.items)]
    good = [item for item in read if isinstance(item, BatchItem)]
    # Dossiers and the orders for their files stand or fall together: sent again, an item is done already.
    with transaction.atomic():
        done = iter(lodge_dossiers(client=client, items=[lodging_of(item) for item in good]))
        outcomes = [
            _outcome(client, item, next(done)) if isinstance(item, BatchItem) else item for item in read
        ]
    accepted = sum(outcome["status"] < 300 for outcome in outcomes)
    return answer({"accepted": accepted, "refused": len(outcomes) - accepted, "items": outcomes})


def _item(number: int, raw: Any) -> BatchItem | dict[str, Any]:
    """An item, or the outcome of one that has not the shape of an item."""
    try:
        return ITEM.validate_python(raw)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        faults = faults_of(
            ({**one, "loc": ("body", "", *one["loc"])} for one in found), prefix=f"#/items/{number}"
        )
    key = raw.get("key") if isinstance(raw, dict) else None
    refusal = Refusal("api.fields", f"Hồ sơ thứ {number + 1} trong lô có {len(faults)} trường chưa đúng.")
    problem = problem_of(refusal, 422, faults)
    return {"key": key if isinstance(key, str) else "", "status": 422, "repeated": False, "problem": problem}


def _outcome(client: ClientPass, item: BatchItem, done: LodgedDossier | Refused) -> dict[str, Any]:
    if isinstance(done, Refused):
        problem = problem_of(done.refusal, done.status)
        return {"key": str(item.key), "status": done.status, "repeated": False, "problem": problem}
    if item.dossier.links and not done.repeated:
        actor = client_actor(client, item.dossier.unit_code, Duty.RECEPTION)
        with entered(actor):
            order_links(actor, done.dossier_id, item.dossier.links)
    body = lodged_of(done, item.dossier.external_code)
    return {"key": str(item.key), "status": 201, "repeated": done.repeated, "dossier": body}
