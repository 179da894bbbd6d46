"""Who is answered what, at every address of the product: one row an address, and an address without a row fails.

Run by `make proofs`. The four who ask: nobody (not signed in), a clerk of another unit, a specialist of the same
unit to whom nothing was given, and the city's officer. What is asked for belongs to Tân Hưng.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.casework.actions.consulting import ask_opinion
from lienthong.facilities.casework.actions.handing import offer_case
from lienthong.facilities.documents.models import Attachment, IssuedForm
from lienthong.facilities.fees.models import Receipt
from lienthong.facilities.notifications.models import Message
from lienthong.facilities.notifications.reactions import tell_applicant
from lienthong.work.certification.models import CertifiedItem
from tests.cast import TAN_THUAN, VINH_HOI
from tests.facilities.exchange.conftest import belongings as of_the_exchange
from tests.facilities.notifications.conftest import entries
from tests.mandate.competence.pages.conftest import entered_register
from tests.proofs.matrix import MATRIX
from tests.work.certification.stage import received as certified
from tests.work.dossiers.pages.conftest import Stage
from tests.work.dossiers.pages.conftest import stage as stage
from tests.work.dossiers.pages.test_papers import PDF
from tests.work.dossiers.pages.verbs import paid
from tests.work.stewardship.rows import of_the_steward

pytestmark = pytest.mark.django_db
WORDS = {200: "open", 404: "hidden", 405: "never", 409: "told", 422: "asked"}
FIXED = {
    "language": "en",
    "token": "0" * 32,
    "code": "1.001193",
    "term": "time",
    "template": "received",
    "listener": "exchange",
    "unit_code": "27475",
    "item": "lines",
    "sheet": "days",
    "day": "2026-11-22",
    "task_code": "1.001193",
    "part": "tasks",
    "rule_id": 1,
}
GONE, HUGE = 10**12, 10**24


def addresses(found: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (found or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern)
        else:
            yield pattern


def names_in(pattern: URLPattern) -> list[str]:
    return list(pattern.pattern.regex.groupindex) or list(pattern.pattern.converters)


@pytest.fixture
def belongings(stage: Stage, settings: Any, tmp_path: Any) -> dict[str, int]:
    """One of everything that has an id, in a dossier of Tân Hưng."""
    settings.FILES_ROOT = tmp_path
    dossier_id, cast = paid(stage), stage.cast
    upload = {"key": uuid4(), "paper": "", "other": "Tờ khai", "uploads": [SimpleUploadedFile("a.pdf", PDF)]}
    assert stage.browser(stage.clerk).post(f"/dossiers/{dossier_id}/attach/", upload).status_code == 302
    asked = {"case_id": dossier_id, "key": uuid4()}
    with entered(stage.head):
        to = cast.unit_id(TAN_THUAN)
        offer_id = offer_case(actor=stage.head, **asked, to_unit_id=to, reason="Sai địa bàn")  # type: ignore[arg-type]
    with entered(stage.worker):
        words = {"unit_id": cast.unit_id(VINH_HOI), "question": "Có cư trú không?", "within_days": 2}
        opinion_id = ask_opinion(actor=stage.worker, case_id=dossier_id, key=uuid4(), **words)  # type: ignore[arg-type]
    certification_id = certified(cast.clerk).certification_id
    with entered(SYSTEM):
        return {
            "dossier_id": dossier_id,
            "offer_id": offer_id,
            "opinion_id": opinion_id,
            "attachment_id": Attachment.objects.get(case_id=dossier_id).pk,
            "form_id": IssuedForm.objects.filter(case_id=dossier_id).latest("pk").pk,
            "receipt_id": Receipt.objects.get(case_id=dossier_id).pk,
            "message_id": _told(dossier_id),
            "case_id": dossier_id,
            "post_id": cast.clerk.acting_post,
            "account_id": cast.clerk.account_id or 0,
            "certification_id": certification_id,
            "item_id": CertifiedItem.objects.get(certification_id=certification_id).pk,
            **of_the_exchange(cast, dossier_id),
            **of_the_steward(cast),
            **{name: id_ for name, id_ in entered_register(cast)[0].items() if name != "rule_id"},
        }


def _told(case_id: int) -> int:
    """The message of the dossier's receipt."""
    for entry in entries(case_id):
        tell_applicant(entry)
    return Message.objects.filter(case_id=case_id).latest("pk").pk


def url_of(pattern: URLPattern, ids: dict[str, int]) -> str:
    known: dict[str, Any] = {**FIXED, **ids}
    return reverse(str(pattern.name), kwargs={name: known[name] for name in names_in(pattern)})


def ask(client: Client, method: str, url: str) -> HttpResponse:
    answer = getattr(client, method)(url, {"key": str(uuid4())} if method == "post" else {})
    for shut in getattr(answer, "_resource_closers", []) if answer.streaming else []:
        shut()
    return answer  # type: ignore[no-any-return]


def word_of(answer: HttpResponse) -> str:
    if answer.status_code != 302:
        return WORDS.get(answer.status_code, str(answer.status_code))
    return "login" if answer["Location"].startswith("/account/login/") else "on"


def askers(stage: Stage) -> tuple[Callable[[], Client], ...]:
    cast = stage.cast
    return (
        Client,
        lambda: stage.browser(cast.stranger),
        lambda: stage.browser(cast.second_specialist),
        lambda: stage.browser(cast.city),
    )


def test_every_address_has_its_row() -> None:
    assert {str(pattern.name) for pattern in addresses()} == set(MATRIX)


@pytest.mark.parametrize("method", ["get", "post"])
def test_everybody_is_answered_as_the_row_says(stage: Stage, belongings: dict[str, int], method: str) -> None:
    wrong = {}
    for pattern in addresses():
        url = url_of(pattern, belongings)
        found = " ".join(word_of(ask(browser(), method, url)) for browser in askers(stage))
        if found != MATRIX.get(str(pattern.name), ("", ""))[method == "post"]:
            wrong[pattern.name] = found
    assert wrong == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_another_units_looks_like_what_is_not_there(
    stage: Stage, belongings: dict[str, int], method: str
) -> None:
    stranger, wrong = stage.browser(stage.cast.stranger), []
    for pattern in addresses():
        if not set(names_in(pattern)) & set(belongings):
            continue
        answers = [
            ask(stranger, method, url_of(pattern, ids))
            for ids in (belongings, dict.fromkeys(belongings, GONE), dict.fromkeys(belongings, HUGE))
        ]
        seen = {(answer.status_code, _still(answer)) for answer in answers}
        if len(seen) != 1:
            wrong.append((pattern.name, [answer.status_code for answer in answers]))
    assert wrong == []


def test_the_city_sees_no_person(stage: Stage, belongings: dict[str, int]) -> None:
    """Neither name, number, telephone nor address, on any page that it may open."""
    city, dossier = stage.browser(stage.cast.city), stage.dossier(belongings["dossier_id"])
    personal = [dossier.case.subject_name, *dossier.particulars["contact"].values()]
    urls = [url_of(pattern, belongings) for pattern in addresses() if not pattern.name.startswith("figure")]
    urls += [f"/overview/list/?figure=received&unit=27475&period=month{more}" for more in ("", "&wall")]
    shown = {url: city.get(url) for url in urls if not url.startswith("/papers/")}
    told = {url: answer.content.decode(errors="ignore") for url, answer in shown.items()}
    assert [(url, word) for url, text in told.items() for word in personal if word and word in text] == []
    assert shown[urls[-1]].status_code == 200


def test_a_form_of_another_page_changes_nothing(stage: Stage, belongings: dict[str, int]) -> None:
    """Without its own token no POST comes as far as a view."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = stage.browser(stage.clerk).cookies
    answers = {p.name: ask(client, "post", url_of(p, belongings)).status_code for p in addresses()}
    assert {name: status for name, status in answers.items() if status != 403} == {}


def _still(answer: HttpResponse) -> bytes:
    """The page without what differs at every request."""
    return re.sub(rb'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"', b"", answer.content)
