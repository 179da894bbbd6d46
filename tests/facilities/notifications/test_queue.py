"""An event becomes one message, by the channel the applicant chose, with nothing of the applicant in it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from lienthong.core.journal.actions import record
from lienthong.core.journal.events import Event, check_event, register_events
from lienthong.core.journal.models import Reading
from lienthong.core.journal.values import Subject
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.facilities.casework.models import Case
from lienthong.facilities.notifications.actions import register_message
from lienthong.facilities.notifications.enums import MessageState as S
from lienthong.facilities.notifications.enums import Placeholder, TemplateName
from lienthong.facilities.notifications.models import LONGEST, Message, MessageAddress
from lienthong.facilities.notifications.reactions import tell_applicant
from lienthong.facilities.notifications.rules import (
    BUILT_IN,
    longest,
    render,
    why_not_text,
)
from lienthong.facilities.notifications.values import ALARMS, TEMPLATES
from lienthong.people.parties.models import Party
from lienthong.work.dossiers.actions import amending, ending, process, waiting
from lienthong.work.dossiers.actions.lodge import lodge_dossier
from lienthong.work.dossiers.rules import LODGING
from lienthong.work.dossiers.values import Lack
from tests.facilities.notifications.conftest import EMAIL, NOON, PHONE, Post, applicant, entries
from tests.work.dossiers.pages.conftest import Stage
from tests.work.dossiers.pages.conftest import stage as stage
from tests.work.dossiers.stage import intake

pytestmark = pytest.mark.django_db


def messages(case_id: int) -> list[Message]:
    with entered(SYSTEM):
        return list(Message.objects.filter(case_id=case_id).order_by("pk"))


def wants_mail(dossier_id: int) -> Party:
    """Let the dossier's applicant choose mail."""
    with entered(SYSTEM):
        party = Party.objects.get(pk=Case.objects.values_list("party_id", flat=True).get(pk=dossier_id))
        party.channel, party.email = "email", EMAIL
        party.save()
        return party


def test_a_receipt_at_the_counter_becomes_a_message(post: Post) -> None:
    message = post.message(case_id := post.told())
    assert (message.state, message.template, message.channel) == (S.WAITING, "received", "email")
    assert message.code in message.text and "tiếp nhận" in message.text and "/tra-cuu/" in message.text
    assert "hẹn trả kết quả" in message.text and "…" not in message.text
    assert post.address(case_id) == EMAIL


@pytest.mark.parametrize(("channel", "address"), [("sms", PHONE), ("zalo", PHONE), ("email", EMAIL)])
def test_the_channel_is_the_one_the_applicant_chose(post: Post, channel: str, address: str) -> None:
    case_id = post.told(channel)
    assert post.message(case_id).channel == channel and post.address(case_id) == address


def test_a_dossier_lodged_online_is_told_of_too(post: Post) -> None:
    unit_id = post.cast.clerk.unit_id
    portal = Actor(account_id=-7, unit_id=unit_id, duties=frozenset({LODGING}), label="Cổng thử nghiệm")
    with acting_at(NOON), entered(portal):
        wanted = intake(applicant=applicant("sms"), channel="online")
        case_id = lodge_dossier(actor=portal, key=uuid4(), intake=wanted).dossier_id
    post.hear(case_id)
    message = post.message(case_id)
    assert (message.template, message.state) == ("lodged", S.WAITING) and "trực tuyến" in message.text


def test_whoever_chose_no_channel_is_not_written_to_and_the_row_says_so(post: Post) -> None:
    message = post.message(post.told("none"))
    assert (message.state, message.text, message.channel) == (S.NOT_WANTED, "", "none")
    with entered(SYSTEM):
        assert not MessageAddress.objects.filter(pk=message.pk).exists()


def test_what_happened_long_ago_is_no_news(post: Post) -> None:
    """A follower that begins on an old database writes to nobody about last year."""
    case_id = post.receive()
    post.hear(case_id, at=NOON + timedelta(days=8))
    assert messages(case_id) == []
    post.hear(case_id, at=NOON + timedelta(days=6))
    assert len(messages(case_id)) == 1


def test_an_entry_that_is_told_again_writes_no_second_message(post: Post) -> None:
    case_id = post.told()
    for _ in range(3):
        post.hear(case_id)
    assert len(messages(case_id)) == 1


def test_the_database_refuses_a_second_message_of_an_event(post: Post) -> None:
    first = post.message(post.told())
    second = Message(
        case_id=first.case_id,
        entry_id=first.entry_id,
        channel=first.channel,
        unit_id=first.unit_id,
        created_at=NOON,
        next_try_at=NOON,
    )
    told = pytest.raises(DatabaseError, match="one_message_a_case_event_and_channel")
    with entered(SYSTEM), told, transaction.atomic():
        second.save()


def test_every_step_the_applicant_waits_for_is_told(stage: Stage) -> None:
    """Lacking, late, ready, returned: one message each, in the order of the acts."""
    post, dossier_id = Post(stage.cast), stage.in_progress()
    wants_mail(dossier_id)
    lacks = (Lack("Giấy chứng sinh", "Luật Hộ tịch, Điều 16"),)
    stage.act(waiting.request_supplement, stage.worker, dossier_id, lacks=lacks)
    stage.act(waiting.receive_supplement, stage.clerk, dossier_id, note="Đủ")
    stage.act(amending.extend_dossier, stage.head, dossier_id, days=2, cause="Chờ xác minh")
    words = {"grants": True, "text": "Đủ điều kiện", "basis": "Luật Hộ tịch", "submit": True}
    stage.act(process.propose_dossier, stage.worker, dossier_id, **words)
    stage.act(process.approve_dossier, stage.leader(dossier_id), dossier_id)
    result = {"result_number": "01/TLKS", "result_summary": "Trích lục"}
    stage.act(process.complete_dossier, stage.worker, dossier_id, **result)
    stage.act(ending.return_result, stage.clerk, dossier_id, returned_to="Công dân 0123")
    post.hear(dossier_id)
    found = messages(dossier_id)
    assert [one.template for one in found] == ["received", "lacking", "late", "ready", "returned"]
    assert {one.state for one in found} == {S.WAITING}


def test_a_refusal_and_a_halt_are_told_too(stage: Stage) -> None:
    post = Post(stage.cast)
    refused, halted = stage.received(), stage.in_progress()
    for dossier_id in (refused, halted):
        wants_mail(dossier_id)
    lacks = (Lack("Không thuộc thẩm quyền", "Luật Hộ tịch"),)
    stage.act(ending.refuse_dossier, stage.clerk, refused, reasons=lacks)
    reason = {"reason": "Người nộp đề nghị", "basis": "NĐ 118/2025/NĐ-CP"}
    stage.act(ending.halt_dossier, stage.cast.chair, halted, **reason)
    for dossier_id in (refused, halted):
        post.hear(dossier_id)
    assert messages(refused)[-1].template == "refused" and messages(halted)[-1].template == "halted"


def test_no_message_holds_anything_of_the_party(stage: Stage) -> None:
    """Every template, rendered for a real party: neither name, number, telephone, mail nor address."""
    post, dossier_id = Post(stage.cast), stage.received()
    party = wants_mail(dossier_id)
    with entered(SYSTEM):
        secrets = [party.name, party.phone, party.email, party.address, *_numbers(party)]
    for event in [event for event, name in TEMPLATES.items() if name in TemplateName]:
        _force(dossier_id, event)
    post.hear(dossier_id)
    found = messages(dossier_id)
    assert {one.template for one in found} == set(TemplateName.values)
    said = " ".join(f"{one.text} {one.subject} {one.filling} {one.reason}" for one in found)
    assert [word for word in secrets if word and word in said] == []
    assert all(0 < len(one.text) <= LONGEST for one in found)


def _numbers(party: Party) -> list[str]:
    return list(party.papers.values_list("number", flat=True))


def _force(case_id: int, event: str) -> None:
    """An entry of this event, as its action would write it."""
    try:
        check_event(event)
    except LookupError:
        register_events(Event(event, "Thử"))
    with entered(SYSTEM):
        record(event, subject=Subject("dossier", case_id, case_id), actor=SYSTEM, at=NOON)


def test_the_places_that_can_be_filled_are_four_and_none_is_a_person() -> None:
    assert set(Placeholder.values) == {"mã", "đơn vị", "hạn", "tra cứu"}
    for name in TemplateName:
        assert why_not_text(BUILT_IN[name], "https://hanh-chinh-cong.tan-hung.example/tra-cuu/") is None
        assert longest(BUILT_IN[name], "x" * 80) <= LONGEST
    assert render("Gửi {tên}", {"mã": "1"}) == "Gửi …"


def test_the_reading_of_the_address_is_noted(post: Post) -> None:
    message = post.message(post.told())
    with entered(SYSTEM):
        assert Reading.objects.filter(subject_id=message.party_id, purpose="message").count() == 1


def test_an_event_sends_one_template_only() -> None:
    register_message("dossier.received", "received")
    with pytest.raises(ValueError, match="two messages"):
        register_message("dossier.received", "late")
    assert "dossier.assigned" in ALARMS and "case.offered" in ALARMS


def test_a_message_costs_at_most_nine_statements(
    post: Post, statements: Callable[[Callable[[], Any]], int]
) -> None:
    case_id = post.receive()
    with acting_at(NOON), entered(SYSTEM):
        (entry,) = [one for one in entries(case_id) if one.verb == "dossier.received"]
        assert statements(lambda: tell_applicant(entry)) <= 9


def test_another_unit_and_the_city_see_no_address(post: Post) -> None:
    case_id = post.told()
    for actor, rows, addresses in (
        (post.cast.clerk, 1, 1),
        (post.cast.city, 1, 0),
        (post.cast.stranger, 0, 0),
    ):
        with entered(actor), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM notifications_message WHERE case_id = %s", [case_id])
            assert cursor.fetchone()[0] == rows
            cursor.execute(
                "SELECT count(*) FROM notifications_messageaddress a WHERE a.address <> '' AND a.message_id IN"
                " (SELECT id FROM notifications_message WHERE case_id = %s)",
                [case_id],
            )
            assert cursor.fetchone()[0] == addresses
